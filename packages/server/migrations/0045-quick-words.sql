-- The functions of 0019, quicker. Their results are the same, but for letters in parts among hundreds of characters without ASCII.

-- `normalize` sorts combining marks in quadratic time and cannot be cancelled: 16,000 marks took 2 s. So a long run of other
-- scripts is normalised in pieces.
create or replace function memlane.plain(content text) returns text
language sql immutable parallel safe
return case
  when octet_length(content) = length(content) then content
  when content !~ '[^\u0001-\u007f]{100}' then normalize(content, NFKC)
  else (
    select string_agg(normalize(piece[1], NFKC), '')
    from regexp_matches(content, '[\u0001-\u007f]*[^\u0001-\u007f]{1,100}|[\u0001-\u007f]+', 'g') as found (piece)
  )
end;

-- Without `union`: for it the planner expected a million different words, so that each text first filled 20 MB with zeros (5 ms).
-- `tsvector` drops repeated words itself.
create or replace function memlane.special_words(content text) returns tsvector
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
    union all select part from compound, regexp_split_to_table(word, '[@/&:#=]+') as found (part)
    union all select substr(word, 2) from compound where word ~ '^v[0-9]'
    union all select regexp_replace(number[1], '[^0-9]+', '', 'g')
    from regexp_matches(content, '[+]?(?:[0-9]{1,5}[ ().-]{0,3}){2,5}[0-9]{2,5}', 'g') as found (number)
    where length(number[1]) between 8 and 30
    union all select lower(name[1])
    from regexp_matches(
      content,
      '(?:(?<=[A-Za-z0-9,;:)] )|^(?=(?:Will|Don)\M))(Will|Don|Can|An|Do|So|Am|My|Her|Has|More|Down|Few|No|On|Own|The|It|IT|Who|WHO|OR|Now|NOW|Other|Same|All|Most|Here|Once|Just|Above|After|Before)\M',
      'g'
    ) as found (name)
  )
  select to_tsvector('english', coalesce((select string_agg(translate(word, '._@&/+:#=%$~-', '             '), ' ') from compound), ''))
    || coalesce((select string_agg(quote_literal(word) || ':1', ' ')::tsvector from whole where word <> ''), '')
);
