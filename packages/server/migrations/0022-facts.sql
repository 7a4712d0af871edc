-- A fact is a memory that says who (subject) does what (predicate) to what (object).
-- A verbatim memory is kept as its client wrote it, and its facts are mined later.
alter table memlane.memory
  add column subject text,
  add column predicate text,
  add column object text,
  add column predicate_raw text, -- the predicate in the words in which it was said
  add column predicate_family text,
  add column subject_type text,
  add column object_is_literal boolean,
  add column confidence double precision,
  add column subject_canonical text, -- what filters compare
  add column object_canonical text,
  add column observation_count integer not null default 1,
  add column verbatim boolean not null default false,
  add column edited_at timestamptz[] not null default '{}', -- when a client changed a verbatim memory
  add check ((subject is null) = (predicate is null) and (subject is null) = (object is null)),
  add check (not verbatim or subject is null);

update memlane.memory set verbatim = true where type = 'fact' and fingerprint is null;

create index memory_subject on memlane.memory (org_id, subject_canonical, id) where subject is not null;
create index memory_object on memlane.memory (org_id, object_canonical, id) where subject is not null;
create index memory_fact_of_user on memlane.memory (org_id, user_id, id) where subject is not null;
create index memory_verbatim on memlane.memory (org_id, id) where verbatim;

-- The verbatim memories that state a fact.
create table memlane.fact_source (
  fact_id uuid not null references memlane.memory on delete cascade,
  memory_id uuid not null references memlane.memory on delete cascade,
  mined_at timestamptz not null default now(),
  dropped_at timestamptz, -- when a change of the memory left the fact out
  primary key (fact_id, memory_id)
);
create index fact_source_of_memory on memlane.fact_source (memory_id);

-- The verbatim memories whose facts are still to be mined. A row with `failed_at` is not tried again.
create table memlane.mining (
  memory_id uuid primary key references memlane.memory on delete cascade,
  org_id text not null references memlane.org on delete cascade,
  user_id text,
  due_at timestamptz not null default '-infinity',
  attempts integer not null default 0,
  interruptions integer not null default 0, -- attempts that the database cut short
  lease_id uuid,
  failed_at timestamptz
);
create index mining_line on memlane.mining (org_id, due_at, memory_id) where failed_at is null;
