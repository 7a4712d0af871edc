-- Why the last run of a job failed, while the run is repeated. Null before a run fails.
alter table memlane.job add column last_error text;
