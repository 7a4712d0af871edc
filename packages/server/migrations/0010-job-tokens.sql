-- What the job tokens that a key makes are signed with: 32 bytes, 244 bits of them by chance. Tokens die with their key.
alter table memlane.api_key add column token_secret bytea not null
  default decode(replace(gen_random_uuid()::text || gen_random_uuid()::text, '-', ''), 'hex');
