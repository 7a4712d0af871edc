-- Episodes keep the words of conversations: search finds the messages themselves, beside the facts that were found in them.

create table memlane.episode (
  id uuid primary key,
  org_id text not null references memlane.org on delete cascade,
  user_id text,
  agent_id text,
  app_id text,
  conversation_id text,
  speakers text[] not null,
  started_at timestamptz, -- null if no message has a date
  ended_at timestamptz,
  created_at timestamptz not null default now()
);
create index episode_of_user on memlane.episode (org_id, user_id, id);
create index episode_of_conversation on memlane.episode (org_id, conversation_id, user_id, id);

-- A message, or a part of a long one. `position` orders the parts of an episode.
create table memlane.message (
  id uuid primary key,
  org_id text not null,
  episode_id uuid not null references memlane.episode on delete cascade,
  position integer not null,
  user_id text,
  agent_id text,
  app_id text,
  dia_id text,
  speaker text not null,
  text text not null,
  dated_text text, -- with the date beside each relative one: "yesterday (7 May 2023)"; null if there is none
  said_at timestamptz,
  -- The same for the same message of the same conversation: clients send their whole history again and again.
  digest uuid not null,
  search tsvector not null
);
create unique index message_digest on memlane.message (digest);
create index message_of_episode on memlane.message (episode_id, position);
create index message_of_user on memlane.message (org_id, user_id, id);
create index message_of_agent on memlane.message (org_id, agent_id, id) where agent_id is not null;
create index message_of_app on memlane.message (org_id, app_id, id) where app_id is not null;
create index message_search on memlane.message using gin (search);

-- The messages that say what a memory says. A deletion of the memory deletes them.
create table memlane.memory_source (
  memory_id uuid not null references memlane.memory on delete cascade,
  message_id uuid not null references memlane.message on delete cascade,
  primary key (memory_id, message_id)
);
create index memory_source_of_message on memlane.memory_source (message_id);
