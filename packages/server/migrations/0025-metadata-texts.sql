-- The batch dialect compares metadata as texts: a filter with 5 finds the number 5 and the text "5".
-- Not inlined, so that the planner recognises the indexed expression.
create function memlane.metadata_texts(metadata jsonb) returns jsonb
language sql immutable strict parallel safe
as $$
  select coalesce(jsonb_object_agg(key, value), '{}')
  from jsonb_each_text(metadata)
$$;

drop index memlane.memory_metadata;
create index memory_metadata on memlane.memory using gin (memlane.metadata_texts(metadata) jsonb_path_ops)
  where metadata <> '{}';
