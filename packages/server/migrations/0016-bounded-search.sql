-- Each character of a word cost what the whole word costs: 16,000 characters without a space took 12 s. The pieces are the same.
create or replace function memlane.pieces(content text) returns tsvector
language sql immutable parallel safe
return (
  select coalesce(array_to_tsvector(array_agg(distinct piece)), '')
  from (
    select unnest(
      case when is_written_together then array[first, first || second] else array[first || second || third] end
    ) as piece
    from (
      select is_written_together, first, lead(first, 1) over word as second, lead(first, 2) over word as third
      from (
        select number, is_written_together,
          case when is_written_together then word else ' ' || word || ' ' end as padded
        from (
          select number, word[1] as word,
            word[1] ~ '[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]' as is_written_together
          from regexp_matches(
            lower(content),
            '[a-z0-9]*[^\u0001-\u00bf\u2000-\u2bff\u3000-\u303f\ufe00-\ufe0f\uff00-\uff0f\U0001f000-\U0001faff][^\u0001-\u002f\u003a-\u0060\u007b-\u00bf\u2000-\u2bff\u3000-\u303f\ufe00-\ufe0f\uff00-\uff0f\U0001f000-\U0001faff]*',
            'g'
          ) with ordinality as found (word, number)
          offset 0 -- or what is known of a word is found out for each of its characters
        ) as word_known
        offset 0
      ) as words,
      string_to_table(padded, null) with ordinality as letter (first, place)
      window word as (partition by number order by place)
    ) as followed
  ) as pieces
  where piece is not null
);

-- A misspelled word was looked up by the trigrams of whole texts: 2.5 s among 200,000 memories many of which share some of
-- them, and the index took as much room as all others of the table. It is compared with words that memories hold.
drop index memlane.memory_likeness;

-- A search narrowed to what few memories have went through all of them for each word: 1 s among 200,000. Those that have no
-- metadata, and the facts, cost nothing more.
create index memory_metadata on memlane.memory using gin (metadata jsonb_path_ops) where metadata <> '{}';
create index memory_of_type on memlane.memory (org_id, type, id) where type <> 'fact';

-- A claim of deliveries looks at one organisation after the other, however many deliveries each has.
create index webhook_delivery_waiting on memlane.webhook_delivery (org_id, due_at, id) where state = 'pending';
drop index memlane.webhook_delivery_due;
