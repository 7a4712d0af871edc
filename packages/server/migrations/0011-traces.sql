-- The trace that the request belonged to, as W3C headers, so that a worker's spans join it; null where none is kept.
alter table memlane.job add column trace json;
