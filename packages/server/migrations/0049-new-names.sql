-- Finds the new name of a thing among many other facts about it.
create index memory_new_name on memlane.memory (org_id, subject_canonical) where predicate = 'is now called';
