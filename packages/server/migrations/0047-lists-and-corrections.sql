-- Lists of memories are in the order of creation now, so only a user's memories are read by when they were said.
drop index memlane.memory_said;

-- Finds the agents that have only conversations.
create index episode_newest_of_agent on memlane.episode (org_id, agent_id, id) where agent_id is not null;

-- Whether the memory or the message states only the fact that this one corrects. Mining it again does not end a correction, and
-- an export has the correction beside it.
alter table memlane.fact_source add column inherited boolean not null default false;
alter table memlane.memory_source add column inherited boolean not null default false;
