-- A group shares memories between users. Memories have the ids of their groups.
create table memlane.memory_group (
  id uuid primary key,
  org_id text not null references memlane.org (id) on delete cascade,
  name text not null,
  prompt text,
  status text not null default 'active' check (status in ('active', 'archived')),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index memory_group_of_org on memlane.memory_group (org_id, id);

alter table memlane.memory add column group_ids uuid[] not null default '{}';
alter table memlane.episode add column group_ids uuid[] not null default '{}';
alter table memlane.message add column group_ids uuid[] not null default '{}';
create index memory_of_group on memlane.memory using gin (group_ids) where group_ids <> '{}';
create index episode_of_group on memlane.episode using gin (group_ids) where group_ids <> '{}';
create index message_of_group on memlane.message using gin (group_ids) where group_ids <> '{}';

-- What each key did on each day (UTC).
create table memlane.daily_usage (
  org_id text not null references memlane.org (id) on delete cascade,
  day date not null,
  key_id uuid not null references memlane.api_key (id) on delete cascade,
  messages bigint not null,
  ingests bigint not null,
  searches bigint not null,
  primary key (org_id, day, key_id)
) with (fillfactor = 50); -- rows are updated often

alter table memlane.api_key add column first_characters text not null default '';
alter table memlane.api_key add column last_used_at timestamptz;
