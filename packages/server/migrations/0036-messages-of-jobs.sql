-- The job that first stored messages of an episode: its result names the episode, and a deletion empties that text. Also the position of a
-- message in the conversation of that job.
alter table memlane.episode add column job_id uuid;
alter table memlane.message add column message_index integer;

create index episode_of_job on memlane.episode (job_id) where job_id is not null;
