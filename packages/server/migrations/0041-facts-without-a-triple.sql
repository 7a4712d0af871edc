-- The facts that were stored before facts had a subject. Workers split them, and then this index is empty.
create index memory_without_triple on memlane.memory (id) where type = 'fact' and not verbatim and subject is null;
