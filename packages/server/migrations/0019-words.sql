-- A text in one form of Unicode, whatever form it was written in.
create function memlane.plain(content text) returns text
language sql immutable parallel safe
return case when octet_length(content) = length(content) then content else normalize(content, NFKC) end;

-- What the English parser does not read as people do. Slow (0.4 ms), so only for texts that have any of it.
create function memlane.special_words(content text) returns tsvector
language sql immutable parallel safe
return (
  with compound as materialized (
    select word
    from regexp_split_to_table(lower(content), '[^a-z0-9._@&/+:#=%$~-]+') as found (untrimmed),
      lateral (select btrim(untrimmed, '._@&/:=%$~-') as word) as trimmed
    where length(untrimmed) <= 200 and word ~ '[a-z0-9][._@&/+:#=%$~-]+[a-z0-9]|[a-z][+#]'
    limit 1000
  ), whole as (
    select word from compound
    union select part from compound, regexp_split_to_table(word, '[@/&:#=]+') as found (part)
    union select substr(word, 2) from compound where word ~ '^v[0-9]'
    union select regexp_replace(number[1], '[^0-9]+', '', 'g')
    from regexp_matches(content, '[+]?(?:[0-9]{1,5}[ ().-]{0,3}){2,5}[0-9]{2,5}', 'g') as found (number)
    where length(number[1]) between 8 and 30
    union select lower(name[1])
    from regexp_matches(
      content,
      '(?:(?<=[A-Za-z0-9,;:)] )|^(?=(?:Will|Don)\M))(Will|Don|Can|An|Do|So|Am|My|Her|Has|More|Down|Few|No|On|Own|The|It|IT|Who|WHO|OR|Now|NOW|Other|Same|All|Most|Here|Once|Just|Above|After|Before)\M',
      'g'
    ) as found (name)
  )
  select to_tsvector('english', coalesce((select string_agg(translate(word, '._@&/+:#=%$~-', '             '), ' ') from compound), ''))
    || coalesce((select string_agg(quote_literal(word) || ':1', ' ')::tsvector from whole where word <> ''), '')
);

-- What a text is found by: the same for memories, messages and queries. To the words of the English parser this adds
-- - the whole and the parts of what has a mark inside (CVE-2026-2332, v2.10.3, budget.xlsx, jo@example.co.uk, AT&T, C++), because
--   the parser reads "-2332" as a negative number and a domain as one word;
-- - the digits of a telephone number, however they are grouped;
-- - names that are stop words, as in "I met Will".
create function memlane.words(content text) returns tsvector
language sql immutable parallel safe
return to_tsvector('english', memlane.plain(content)) || case
  when memlane.plain(content) ~ '[A-Za-z0-9][._@&/+:#=%$~-]+[A-Za-z0-9]|[A-Za-z][+#]|[0-9][ ().-]{0,3}[0-9]{2}|(?:[A-Za-z0-9,;:)] (?:Will|Don|Can|An|Do|So|Am|My|Her|Has|More|Down|Few|No|On|Own|The|It|IT|Who|WHO|OR|Now|NOW|Other|Same|All|Most|Here|Once|Just|Above|After|Before)|^(?:Will|Don))\M'
  then memlane.special_words(memlane.plain(content))
  else ''
end;

alter table memlane.memory drop column search;
alter table memlane.memory add column search tsvector
  generated always as (memlane.words(text) || memlane.pieces(memlane.plain(text))) stored;
create index memory_search on memlane.memory using gin (search);

-- What a message is found by. The weights tell its own words (A) from those of the message before it (B) and of the one before
-- that (C), and from its speaker and its date (D). Pieces of other scripts have no weight; a text in ASCII has none.
create function memlane.message_search(
  content text, words tsvector, previous tsvector, before_previous tsvector, speaker text, said_at timestamptz
) returns tsvector
language sql stable parallel safe
return setweight(words, 'A')
  || setweight(coalesce(previous, ''), 'B')
  || setweight(coalesce(before_previous, ''), 'C')
  || setweight(memlane.words(speaker), 'D')
  || setweight(to_tsvector('english', coalesce(to_char(said_at at time zone 'UTC', 'FMDD FMMonth YYYY FMDay'), '')), 'D')
  || case when octet_length(content) = length(content) then '' else memlane.pieces(memlane.plain(content)) end;
