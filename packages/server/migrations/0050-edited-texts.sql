-- Memories whose text was edited, and that have no vector of the new text yet. The search for memories without a vector does not look
-- at old ones again.
create table memlane.edited_text (
  memory_id uuid primary key references memlane.memory on delete cascade
);
