-- In which texts of an organisation secrets and personal data are replaced; what is left out is as usual.
alter table memlane.org add column redaction jsonb not null default '{}' check (jsonb_typeof(redaction) = 'object');
