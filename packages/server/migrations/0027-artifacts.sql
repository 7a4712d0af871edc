-- What an artifact has besides its memory: code, a list or a document from a conversation.
create table memlane.artifact (
  memory_id uuid primary key references memlane.memory (id) on delete cascade,
  org_id text not null references memlane.org (id) on delete cascade,
  user_id text not null,
  title text not null,
  rationale text not null,
  full_content text not null,
  digest uuid not null, -- of the content
  version integer not null,
  root_id uuid not null -- the first version
);
create index artifact_of_title on memlane.artifact (org_id, user_id, title, version);
create index artifact_of_digest on memlane.artifact (org_id, user_id, digest);
