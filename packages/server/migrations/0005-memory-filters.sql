-- Lists narrowed by these alone went through every memory of every organisation: 25 ms at 200,000 memories, growing
-- with them. A memory that has none of these costs nothing more.
create index memory_of_agent on memlane.memory (org_id, agent_id, id) where agent_id is not null;
create index memory_of_app on memlane.memory (org_id, app_id, id) where app_id is not null;
create index memory_of_conversation on memlane.memory (org_id, conversation_id, id)
  where conversation_id is not null;
create index memory_of_run on memlane.memory (org_id, run_id, id) where run_id is not null;
