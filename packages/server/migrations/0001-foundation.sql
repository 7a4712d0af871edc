-- Organisations, their keys, their jobs and their memories. Ids are UUIDv7: an index on one is in order of time.

create table memlane.org (
  id text primary key check (id <> ''),
  created_at timestamptz not null default now()
);

create table memlane.api_key (
  id uuid primary key,
  org_id text not null references memlane.org on delete cascade,
  name text not null,
  hash bytea not null unique, -- SHA-256 of the key; the key itself is nowhere
  hint text not null,         -- its last characters, to tell keys apart
  scopes text[] not null,
  created_at timestamptz not null default now(),
  revoked_at timestamptz
);
create index api_key_of_org on memlane.api_key (org_id, id);

-- The job row is the queue row: inserting it enqueues the job, reading it is one look-up by its key.
create table memlane.job (
  id uuid primary key,
  org_id text not null references memlane.org on delete cascade,
  kind text not null check (kind in ('ingest', 'batch')),
  state text not null default 'queued' check (state in ('queued', 'active', 'succeeded', 'failed')),
  request json not null,
  -- From when on a worker may claim it: at once, after a delay, or when the lease of the last one runs out.
  due_at timestamptz not null default now(),
  attempts integer not null default 0,
  lease_id uuid, -- names the one claim that may write
  received integer not null default 0,
  imported integer not null default 0,
  failed integer not null default 0,
  item_errors jsonb not null default '[]',
  result json,
  failure json,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(), -- of the last change of state
  check (imported + failed <= received),
  check ((state = 'failed') = (failure is not null)),
  check ((state = 'succeeded' and kind = 'ingest') = (result is not null)),
  check (state <> 'succeeded' or imported + failed = received)
);
create index job_due on memlane.job (due_at) where state in ('queued', 'active');
create index job_ended on memlane.job (updated_at) where state in ('succeeded', 'failed');

create table memlane.memory (
  id uuid primary key,
  org_id text not null references memlane.org on delete cascade,
  type text not null check (type in ('fact', 'artifact', 'episode', 'lesson', 'procedure')),
  text text not null,
  status text not null default 'active' check (status in ('active', 'superseded', 'retracted')),
  user_id text,
  agent_id text,
  app_id text,
  conversation_id text,
  run_id text,
  metadata jsonb not null default '{}',
  categories text[] not null default '{}',
  fact_type text,
  slot text,        -- active facts of one user in one slot exclude each other
  fingerprint text, -- the same for the same claim in other spellings
  supersedes uuid,
  source_role text,
  source_event_ids text[] not null default '{}',
  occurred_at timestamptz, -- when it was said, where that is known
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  search tsvector generated always as (to_tsvector('english', text)) stored
);
create index memory_of_org on memlane.memory (org_id, id);
create index memory_of_user on memlane.memory (org_id, user_id, id);
create unique index memory_slot on memlane.memory (org_id, user_id, slot) where status = 'active';
create unique index memory_fingerprint on memlane.memory (org_id, user_id, fingerprint) where status = 'active';
create index memory_search on memlane.memory using gin (search);
