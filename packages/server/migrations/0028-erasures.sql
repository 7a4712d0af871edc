-- Erasures of everything of a user, of an agent or of an organisation. Each runs in small transactions, and its row keeps how far
-- it is. So if its process dies, another one finishes it. The row is deleted at the end.
create table memlane.erasure (
  id uuid primary key,
  org_id text not null references memlane.org on delete cascade,
  kind text not null check (kind in ('user', 'agent', 'organisation')),
  name text, -- the user_id or the agent_id
  ip text, -- of the client
  requested_at timestamptz not null default now(), -- what is stored later is not erased
  phase text not null default 'jobs' check (phase in ('jobs', 'messages', 'memories')),
  through uuid, -- the last row that this phase has read
  counts jsonb not null default '{}',
  due_at timestamptz not null default now(), -- when another process may take it over
  check ((name is null) = (kind = 'organisation')),
  check (name <> '')
);
create index erasure_due on memlane.erasure (due_at);

-- Whose conversation an ingest job reads. An erasure reads the jobs of an organisation in order of their ids, without an index:
-- an index would cost at each change of each job.
alter table memlane.job add column user_id text, add column agent_id text;
update memlane.job set user_id = holder.request ->> 'user_id', agent_id = holder.request ->> 'agent_id'
from memlane.job as holder
where job.kind = 'ingest' and holder.id = coalesce(job.request_of, job.id) and holder.request is not null;
update memlane.job set user_id = memory.user_id, agent_id = memory.agent_id
from memlane.memory
where memory.job_id = job.id and job.kind = 'ingest' and job.user_id is null;

create index webhook_delivery_of_job on memlane.webhook_delivery (job_id);

-- The users of an agent, and the agents of an organisation with an active memory.
create index memory_user_of_agent on memlane.memory (org_id, agent_id, user_id, id) where agent_id is not null and status = 'active';
