-- From a memory to the one that took its place: the other direction names only one of several.
alter table memlane.memory add column superseded_by uuid;
update memlane.memory as old set superseded_by = new.id
  from memlane.memory as new where new.supersedes = old.id and new.org_id = old.org_id;
create index memory_superseded_by on memlane.memory (superseded_by) where superseded_by is not null;
