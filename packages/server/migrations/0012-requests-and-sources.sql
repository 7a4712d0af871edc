-- A job's request is kept only for what a retry can still do, and a retry refers to the request instead of copying it.
-- request_of: the job whose row holds the request. Only the newest retry refers to a request.
alter table memlane.job
  alter column request drop not null,
  add column request_of uuid references memlane.job;
create unique index job_request_of on memlane.job (request_of) where request_of is not null;

-- Jobs that ended well need no request any more. Items that failed stay for a retry, as they do from now on.
update memlane.job set request = null where state = 'succeeded' and failed = 0;
update memlane.job set request = (
    select json_agg(item order by place)
    from json_array_elements(request) with ordinality as items (item, place)
    where place > imported + failed
      or place - 1 in (select (error ->> 'index')::integer from jsonb_array_elements(item_errors) as error)
  )
  where kind = 'batch' and state in ('succeeded', 'failed') and request is not null
    and json_typeof(request) = 'array';

alter table memlane.job
  add check (request is not null or request_of is not null or state in ('succeeded', 'failed'));

-- The size of a result, so that a list need not unpack it; null for results from before this migration.
alter table memlane.job add column result_bytes integer;

-- The ingest job that made a memory; its result repeats the text. No foreign key: a job is deleted before its memories.
alter table memlane.memory add column job_id uuid;
update memlane.memory set job_id = job.id
  from memlane.job cross join lateral json_array_elements(job.result -> 'created') as created
  where job.result is not null and memory.id = (created ->> 'id')::uuid and memory.org_id = job.org_id;
