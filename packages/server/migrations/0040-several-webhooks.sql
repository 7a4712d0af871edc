-- An organisation can have several webhooks. `PUT /v1/webhooks` sets the main one.
alter table memlane.webhook add column id uuid;
-- UUIDs of version 7, as for all rows: their order is the order of creation.
update memlane.webhook
set id = (
  lpad(to_hex((1000 * extract(epoch from created_at))::bigint), 12, '0') || '7' || substr(md5(random()::text), 1, 3)
  || substr(gen_random_uuid()::text, 20, 4) || right(gen_random_uuid()::text, 12)
)::uuid;
alter table memlane.webhook drop constraint webhook_pkey;
alter table memlane.webhook add primary key (id);
alter table memlane.webhook add column main boolean not null default true;
alter table memlane.webhook alter column main drop default;
create unique index webhook_main on memlane.webhook (org_id) where main;
create index webhook_of_org on memlane.webhook (org_id, id);

-- A delivery is for one webhook. `webhook_id` is no foreign key, because the log outlives the webhook. `job_id` is null for a test delivery.
alter table memlane.webhook_delivery add column webhook_id uuid;
update memlane.webhook_delivery
set webhook_id = webhook.id
from memlane.webhook
where webhook.org_id = webhook_delivery.org_id;
alter table memlane.webhook_delivery alter column job_id drop not null;
create index webhook_delivery_of_webhook on memlane.webhook_delivery (org_id, webhook_id, id);
