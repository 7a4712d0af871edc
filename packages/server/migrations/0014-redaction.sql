-- Where secrets and personal data of an organisation are replaced; missing settings have their defaults.
alter table memlane.org add column redaction jsonb not null default '{}' check (jsonb_typeof(redaction) = 'object');
