-- What each worker reports of itself.
alter table memlane.worker add column version text;
alter table memlane.worker add column started_at timestamptz not null default now();
alter table memlane.worker add column places integer;
alter table memlane.worker add column running integer;

-- What its requests to the endpoint of a model have shown; null if it uses none.
alter table memlane.worker add column model jsonb;
