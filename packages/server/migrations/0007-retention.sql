-- How long a job is kept behind its end is promised when it is accepted, and its end says until when: what a caller
-- was told holds, whatever is configured later.

alter table memlane.job
  add column keep_for interval not null default '24 hours',
  add column expires_at timestamptz;
update memlane.job set expires_at = updated_at + keep_for where state in ('succeeded', 'failed');
alter table memlane.job
  add check ((expires_at is not null) = (state in ('succeeded', 'failed')));
create index job_expiry on memlane.job (expires_at) where expires_at is not null;
drop index memlane.job_ended;

-- Each job leaves three dead rows behind, and a fifth of a day's jobs is too many to wait for: the space is used again
-- within minutes.
alter table memlane.job set (autovacuum_vacuum_scale_factor = 0.02, autovacuum_analyze_scale_factor = 0.05);
