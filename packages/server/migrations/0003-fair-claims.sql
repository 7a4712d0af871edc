-- Claims are fair between organisations: from organisation to organisation in a few steps of an index, and in each
-- along its own line. What each has running is counted from an index as small as what runs.
create index job_line on memlane.job (org_id, due_at, id) where state in ('queued', 'active');
create index job_held on memlane.job (org_id, due_at) where lease_id is not null;
drop index memlane.job_due;
