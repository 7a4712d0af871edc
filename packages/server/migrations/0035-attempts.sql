-- The attempts of a job that have ended, oldest first: the first one and the last nineteen. The statement that ends an attempt adds it.
alter table memlane.job add column attempt_log jsonb not null default '[]';

-- When the current attempt began; null before it begins and after it has ended.
alter table memlane.job add column attempt_started_at timestamptz;

-- How long the job waited for its first attempt, in milliseconds; null before it.
alter table memlane.job add column waited_ms bigint;

create function memlane.add_attempt(log jsonb, attempt jsonb) returns jsonb
language sql immutable parallel safe
return case when jsonb_array_length(log) < 20 then log else log - 1 end
  || jsonb_build_array(jsonb_build_object('number', coalesce((log -> -1 ->> 'number')::integer, 0) + 1) || attempt);

-- The jobs that ended in the last hour or day, and failed jobs among many others.
create index job_ended on memlane.job (org_id, updated_at) where expires_at is not null;
create index job_failed on memlane.job (org_id, id) where state = 'failed';
