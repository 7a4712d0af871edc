-- Who did what, without any content: ids and numbers only.
create table memlane.audit_event (
  id uuid primary key,
  org_id text not null references memlane.org on delete cascade,
  at timestamptz not null,
  actor text not null check (actor in ('rest', 'mcp', 'worker', 'dashboard', 'manage')),
  action text not null check (action in (
    'read', 'write', 'fact_write', 'fact_invalidate', 'erase', 'key_create', 'key_revoke', 'tenant_create'
  )),
  result text not null check (result in ('ok', 'denied', 'error')),
  user_id text,
  target_id text,
  meta jsonb not null default '{}',
  ip text,
  read jsonb -- {"memories": […], "facts": […]}, at most 100 ids each; null unless it is a read
);
create index audit_event_of_org on memlane.audit_event (org_id, at, id);
create index audit_event_of_user on memlane.audit_event (org_id, user_id, at, id) where user_id is not null;
create index audit_event_age on memlane.audit_event (at);

-- Organisations that were created by POST /v1/agents/init. Only these can be deleted by DELETE /v1/account.
alter table memlane.org add column signed_up_at timestamptz;
