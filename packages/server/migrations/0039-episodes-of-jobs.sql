-- The ingest job that made an episode: its result names the episode, and a deletion empties that text. Null for older episodes.
alter table memlane.episode add column job_id uuid;
