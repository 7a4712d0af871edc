-- Why the last run of a job failed, while the run is repeated. Null before a run fails.
alter table memlane.job add column last_error text;

-- The workers that run. Each one updates its row every minute and deletes it when it stops.
create table memlane.worker (
  id uuid primary key,
  seen_at timestamptz not null default now()
);
