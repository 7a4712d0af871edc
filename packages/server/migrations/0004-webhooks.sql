-- Where an organisation wants to hear how its jobs end, and what is to be told or was.

create table memlane.webhook (
  org_id text primary key references memlane.org on delete cascade,
  url text not null,
  events text[] not null,
  enabled boolean not null,
  secret text not null, -- whole, since it signs
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);

-- A delivery is inserted by the statement that ends the job; its row is its place in the queue, as a job's is.
create table memlane.webhook_delivery (
  id uuid primary key,
  org_id text not null references memlane.org on delete cascade,
  job_id uuid not null, -- no reference: the log outlives the job
  event text not null,
  body text not null,   -- to the letter, since it is signed
  state text not null default 'pending' check (state in ('pending', 'succeeded', 'failed')),
  due_at timestamptz not null default now(), -- the next attempt, or the end of the lease of the one that runs
  attempts integer not null default 0,
  lease_id uuid,
  response_status integer,
  error text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  check (state = 'pending' or lease_id is null)
);
create index webhook_delivery_of_org on memlane.webhook_delivery (org_id, id);
create index webhook_delivery_due on memlane.webhook_delivery (due_at) where state = 'pending';
create index webhook_delivery_ended on memlane.webhook_delivery (updated_at) where state <> 'pending';
