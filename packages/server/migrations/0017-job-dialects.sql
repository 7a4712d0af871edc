-- The dialect that a job was created in, so that every answer about the job is in its words. Null for jobs that an older server
-- enqueued: their dialect follows from their kind.
alter table memlane.job add column dialect text;
