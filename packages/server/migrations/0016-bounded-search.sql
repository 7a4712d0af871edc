-- Before, the time to split a word grew with the square of its length: 16,000 characters took 12 s. The pieces are the same.
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
          offset 0 -- otherwise the planner computes these columns again for each character of the word
        ) as word_known
        offset 0
      ) as words,
      string_to_table(padded, null) with ordinality as letter (first, place)
      window word as (partition by number order by place)
    ) as followed
  ) as pieces
  where piece is not null
);

-- The index of trigrams of whole texts: a misspelled word took 2.5 s among 200,000 memories, and the index was as large as all
-- other indexes of the table together. A misspelled word is now compared with the words of memories.
drop index memlane.memory_likeness;

-- Before this index, a search by rare metadata read all memories, once for each word of the query: 1 s among 200,000.
-- Memories without metadata, and facts, are not in the index.
create index memory_metadata on memlane.memory using gin (metadata jsonb_path_ops) where metadata <> '{}';
create index memory_of_type on memlane.memory (org_id, type, id) where type <> 'fact';

-- Lets a claim of deliveries go from one organisation to the next without reading all deliveries of each.
create index webhook_delivery_waiting on memlane.webhook_delivery (org_id, due_at, id) where state = 'pending';
drop index memlane.webhook_delivery_due;
