-- Lists of jobs, newest first, and the keys by which a caller may send a request again without doing it twice.

create index job_of_org on memlane.job (org_id, id);

-- A key is written in one transaction with what it made, so it is there exactly when that is.
create table memlane.idempotency_key (
  org_id text not null references memlane.org on delete cascade,
  key text not null check (length(key) between 1 and 255),
  fingerprint text not null, -- of the request: the same key with another one is refused
  made_id uuid not null,     -- the job or the memory
  created_at timestamptz not null default now(),
  primary key (org_id, key)
);
create index idempotency_key_age on memlane.idempotency_key (created_at);
