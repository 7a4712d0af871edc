-- Memories whose text a model for search refused. They are found by their text alone, and the model is not asked for them again.
create table memlane.refused_embedding (
  memory_id uuid primary key references memlane.memory on delete cascade,
  model text not null,
  refused_at timestamptz not null default now()
);
