-- The only user that a key acts for; null for a key that acts for all users of its organisation.
alter table memlane.api_key add column user_id text check (user_id <> '');
