-- What organisations may do, and what must be counted to hold them to it. Who has no limit touches none of this.

-- What is left out is as the server's settings have it; null is as much as the organisation likes.
alter table memlane.org add column limits jsonb not null default '{}' check (jsonb_typeof(limits) = 'object');

-- The memories that an organisation with a monthly quota stored in a month, those that it deleted since included.
create table memlane.monthly_writes (
  org_id text not null references memlane.org on delete cascade,
  month date not null, -- its first day, in UTC
  writes bigint not null,
  primary key (org_id, month)
) with (fillfactor = 50); -- room for the next versions of a row beside it: counting touches no index

-- The batches that have not ended: how many an organisation may have, and what they will still write.
create index job_unfinished_batch on memlane.job (org_id) where kind = 'batch' and state in ('queued', 'active');

-- The requests of each key in its present minute, as rate-limiter-flexible keeps them. A crash forgets that minute.
create unlogged table memlane.rate_limit (
  key varchar(255) primary key,
  points integer not null,
  expire bigint -- in milliseconds since 1970
) with (fillfactor = 50);
