-- The key that asked for an erasure, for its audit event. Older ones have none.
alter table memlane.erasure add column sent_by jsonb;

-- Finds the users of an agent's conversations.
create index episode_of_agent on memlane.episode (org_id, agent_id, user_id, id) where agent_id is not null;
