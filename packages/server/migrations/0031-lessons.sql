-- What only memories of type `lesson` and `procedure` have. An agent recalls them by exact identifiers.
create table memlane.lesson (
  memory_id uuid primary key references memlane.memory on delete cascade,
  org_id text not null,
  namespace text, -- null applies in all namespaces
  because text,
  steps text[]
);

create table memlane.trigger_entity (
  org_id text not null,
  entity text not null,
  memory_id uuid not null references memlane.lesson on delete cascade,
  primary key (org_id, entity, memory_id)
);
create index trigger_entity_of_memory on memlane.trigger_entity (memory_id);
