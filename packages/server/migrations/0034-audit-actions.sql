-- Lists of one action, such as all erasures, among many reads.
create index audit_event_of_action on memlane.audit_event (org_id, action, at, id) where action <> 'read';
