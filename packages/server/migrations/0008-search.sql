-- Search by trigrams. `pg_trgm` finds words that are nearly the same, among letters that the database's locale knows.
do $$
begin
  create extension if not exists pg_trgm with schema public; -- where every search path looks
exception when others then
  raise exception 'the extension pg_trgm is needed and cannot be made here (%): have an administrator install it and run "create extension pg_trgm" in this database', sqlerrm;
end
$$;

-- Other scripts need no locale, and some have no spaces: their words are cut into pieces of three characters, or of one and
-- of two where words are written together. A query is cut in the same way.
create function memlane.pieces(content text) returns tsvector
language sql immutable parallel safe
return (
  select coalesce(array_to_tsvector(array_agg(distinct substr(padded, at, size))), '')
  from (
    select padded, size
    from regexp_matches(
        lower(content),
        '[a-z0-9]*[^\u0001-\u00bf\u2000-\u2bff\u3000-\u303f\ufe00-\ufe0f\uff00-\uff0f\U0001f000-\U0001faff][^\u0001-\u002f\u003a-\u0060\u007b-\u00bf\u2000-\u2bff\u3000-\u303f\ufe00-\ufe0f\uff00-\uff0f\U0001f000-\U0001faff]*',
        'g'
      ) as found (word),
      unnest(
        case
          when word[1] ~ '[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]'
            then array[1, 2]
          else array[3]
        end
      ) as cut (size),
      lateral (select case when size = 3 then ' ' || word[1] || ' ' else word[1] end) as pad (padded)
  ) as words,
  generate_series(1, length(padded) - size + 1) as at
);

alter table memlane.memory drop column search;
alter table memlane.memory add column search tsvector
  generated always as (to_tsvector('english', text) || memlane.pieces(text)) stored;
create index memory_search on memlane.memory using gin (search);
create index memory_likeness on memlane.memory using gin (text gin_trgm_ops);

-- What an embedder makes of a memory, a signed byte a dimension: only the direction counts. Written after the memory, and
-- again when the model changes.
create table memlane.memory_vector (
  memory_id uuid primary key references memlane.memory on delete cascade,
  model text not null,
  vector bytea not null
);
