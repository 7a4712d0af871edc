-- Lists of memories are in the order of creation now, so only a user's memories are read by when they were said.
drop index memlane.memory_said;

-- Finds the agents that have only conversations.
create index episode_newest_of_agent on memlane.episode (org_id, agent_id, id) where agent_id is not null;
