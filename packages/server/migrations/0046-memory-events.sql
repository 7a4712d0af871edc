-- Webhooks also get events about memories and about the quota. A delivery about a memory names its user, so it goes with the memory.
alter table memlane.webhook_delivery add column memory_id uuid references memlane.memory on delete cascade;
create index webhook_delivery_of_memory on memlane.webhook_delivery (memory_id) where memory_id is not null;

-- Whether the warning of this month was sent.
alter table memlane.monthly_writes add column warned boolean not null default false;
