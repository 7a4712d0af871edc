-- Webhooks also get events about memories and about the quota. A delivery about a memory names its user, so it is deleted with the memory.
alter table memlane.webhook_delivery add column memory_id uuid;
create index webhook_delivery_of_memory on memlane.webhook_delivery (memory_id) where memory_id is not null;

-- Whether the warning of this month was sent.
alter table memlane.monthly_writes add column warned boolean not null default false;

-- Last, because memories cannot be written from here to the end of the migration.
alter table memlane.webhook_delivery add foreign key (memory_id) references memlane.memory on delete cascade;
