-- Finds the lessons of a user, an agent or an app, however many other memories they have.
create index memory_lesson on memlane.memory (org_id, user_id, agent_id, app_id)
where type in ('lesson', 'procedure') and status = 'active';
