-- A job that may be claimed at once is due at '-infinity', so that a clock that steps back delays none.
alter table memlane.job alter column due_at set default '-infinity';
update memlane.job set due_at = '-infinity'
where state in ('queued', 'active') and lease_id is null and due_at = created_at;

alter table memlane.job
  -- The job's worker was lost, so the job runs alone. `attempts` then counts only the runs that it began alone.
  add column suspect boolean not null default false,
  -- Runs that were not counted as attempts: cut short by the database, or lost with a worker that ran other jobs.
  add column interruptions integer not null default 0;

alter table memlane.webhook_delivery alter column due_at set default '-infinity';
update memlane.webhook_delivery set due_at = '-infinity'
where state = 'pending' and lease_id is null and attempts = 0;
