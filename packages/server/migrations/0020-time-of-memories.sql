-- When facts were said and when they were true. What was said later wins, not what arrived later.
-- occurred_at stays: when a memory was first said or happened, as its client dated it.
alter table memlane.memory
  add column valid_from timestamptz,
  add column invalid_at timestamptz,
  add column tense text check (tense in ('past', 'current', 'planned')),
  -- When it was last said. The time of its arrival if its client gave no date.
  add column last_said_at timestamptz default now();

update memlane.memory set
  last_said_at = coalesce(occurred_at, created_at),
  valid_from = case when fingerprint is not null then coalesce(occurred_at, created_at) end,
  invalid_at = case when status <> 'active' then updated_at end;

alter table memlane.memory alter column last_said_at set not null;

-- Shows whether a user said something after a date, and lists memories by when they were said.
create index memory_said_of_user on memlane.memory (org_id, user_id, last_said_at);
create index memory_said on memlane.memory (org_id, last_said_at);
