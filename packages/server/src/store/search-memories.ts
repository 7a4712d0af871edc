// SQL of a search: finds candidates and computes scores. `search/` decides which words to look up.
import type { MemoryId } from "@memlane/core";
import type { Memory } from "@memlane/core/internal";
import type { Prepared, Sql } from "../database/database.ts";
import { conditionsOf, type MemoryFilter } from "./memories.ts";
import { columns } from "./memory-columns.ts";
import { largestShareOf, quote, shareOfWord, type WordScoring } from "./word-share.ts";

/** A memory that a search found. The higher the score (0 to 1), the better it fits. */
export type FoundMemory = Memory & { readonly score: number };

/** The rows to search: the memories of an organisation, or the messages of its episodes. */
export interface SearchScope {
  readonly table: "memory" | "message";
  readonly orgId: string;
  readonly filter: MemoryFilter;
}

/** The words and pieces of a query that are looked up. */
export interface QueryWords {
  /** The stems of its English words, and other words unchanged, in any order. */
  readonly words: readonly string[];
  /** The pieces of its words in scripts without spaces between words. */
  readonly pieces: readonly string[];
  /** The stems of words of the same topics (`search/topics.ts`). */
  readonly related: readonly string[];
}

/** Reads the different words and pieces of a query, by the SQL functions that also index memories and messages. */
export async function readQuery(
  sql: Sql,
  query: string,
  relatedWords: readonly string[],
): Promise<QueryWords> {
  const [row] = await sql.query<QueryWords>(
    {
      name: "read query",
      text: `select
       tsvector_to_array(memlane.words($1)) as words,
       tsvector_to_array(memlane.pieces(memlane.plain($1))) as pieces,
       tsvector_to_array(to_tsvector('english', $2)) as related`,
    },
    [query, relatedWords.join(" ")],
  );
  return row!;
}

/** Groups of words to look up. */
export interface WordGroups {
  /** Memories must contain all words of a group. */
  readonly groups: readonly (readonly string[])[];
  readonly limitPerGroup: number;
}

/**
 * The newest memories with the words of each group. One UNION branch per group, so the planner can
 * choose a plan per group: for common words it scans from the newest memory, for rare words it uses
 * the word index. A branch takes about a millisecond with 100,000 memories. Ranking every memory
 * that contains any of the words would take a hundred.
 */
export async function listByWords(
  sql: Sql,
  { table, orgId, filter }: SearchScope,
  { groups, limitPerGroup }: WordGroups,
): Promise<readonly { readonly id: MemoryId; readonly group: number }[]> {
  if (groups.length === 0) return [];
  const { where, parameters } = conditionsOf(orgId, filter);
  const branches = groups.map((lexemes, index) => {
    const words = `$${parameters.push(lexemes.map(quote).join(" & "))}::tsquery`;
    return `(
       select id, ${index} as group
       from memlane.${table}
       where ${where} and search @@ ${words}
       order by id desc
       limit ${limitPerGroup}
     )`;
  });
  return sql.query(branches.join(" union all "), parameters);
}

/** Pieces of words to look up. */
export interface Pieces {
  readonly pieces: readonly string[];
  readonly match: "all" | "any";
  readonly limit: number;
}

/** The newest memories with these pieces of words. */
export async function listByPieces(
  sql: Sql,
  { table, orgId, filter }: SearchScope,
  { pieces, match, limit }: Pieces,
): Promise<readonly MemoryId[]> {
  const { where, parameters } = conditionsOf(orgId, filter);
  const words = `$${parameters.push(pieces.map(quote).join(match === "all" ? " & " : " | "))}::tsquery`;
  const rows = await sql.query<{ id: MemoryId }>(
    `select id
     from (
       -- "offset 0" prevents the planner from moving the order inside, so that it uses the word
       -- index. The planner assumes that every fiftieth memory matches an unknown piece, and would
       -- otherwise scan from the newest memory.
       select id
       from memlane.${table}
       where ${where} and search @@ ${words}
       offset 0
     ) as matching
     order by id desc
     limit ${limit}`,
    parameters,
  );
  return rows.map(({ id }) => id);
}

/** A word that memories contain. */
export interface SimilarWord {
  readonly lexeme: string;
  /** Similarity to a word of the query, 0 to 1. */
  readonly similarity: number;
}

const leastSimilarity = 0.3;

/**
 * How many of the newest rows provide words for the comparison, up to `mostBytesCompared`, which is
 * about 1,000 sentences.
 */
const mostNewest = { memory: 500, message: 200 };
const mostPerPrefix = 30;
const mostBytesCompared = 200_000;
const prefixLengths = [3, 4, 5, 7, 10];

/**
 * The two words of memories that are most similar to each misspelt word. It compares the words of
 * the newest memories, and of all memories with a word that has the same first letters. So the work
 * is bounded, while a trigram index would return every memory that shares a trigram.
 */
export async function listSimilarWords(
  sql: Sql,
  { table, orgId, filter }: SearchScope,
  spellings: readonly string[],
): Promise<readonly SimilarWord[]> {
  const { where, parameters } = conditionsOf(orgId, filter);
  const prefixes = spellings.flatMap((word) =>
    prefixLengths.filter((length) => length < word.length).map((length) => word.slice(0, length)),
  );
  const branches = prefixes.map((prefix) => {
    const word = `$${parameters.push(`${quote(prefix)}:*`)}::tsquery`;
    return `(
         select id
         from (
           select id
           from memlane.${table}
           where ${where} and search @@ ${word}
           offset 0
         ) as matching
         limit ${mostPerPrefix}
       )`;
  });
  return sql.query(
    `with newest as (
       select id
       from memlane.${table}
       where ${where}
       order by id desc
       limit ${mostNewest[table]}
     ), with_prefix as materialized (
       -- One branch per prefix. "offset 0" prevents the planner from moving the limit inside, so
       -- that it uses the word index. The planner assumes that every fiftieth memory matches an
       -- unknown prefix, and would otherwise scan all memories.
       ${branches.join(" union ")}
     ), compared as (
       select
         search,
         sum(pg_column_size(search)) over (order by id in (select id from with_prefix) desc, id desc) as bytes_so_far
       from memlane.${table}
       where id = any (array(select id from with_prefix union select id from newest))
     ), words as materialized (
       select distinct unnest(tsvector_to_array(search)) as lexeme
       from compared
       where bytes_so_far <= ${mostBytesCompared}
     )
     select lexeme, similarity
     from unnest($${parameters.push(spellings)}::text[]) as misspelled (spelling), lateral (
       select lexeme, similarity(lexeme, spelling)::float8 as similarity
       from words
       where similarity(lexeme, spelling) >= ${leastSimilarity}
       order by similarity desc, lexeme
       limit 2
     ) as most_similar`,
    parameters,
  );
}

/** The constants with which matching words and age become a score. */
export interface Scoring extends WordScoring {
  /** The part of the score that decreases with age. */
  readonly gainOfNew: number;
  /** The time after which half of that part is lost. */
  readonly halfLifeSeconds: number;
}

/** A word or a piece of the query, and its weight. */
interface WeightedWord {
  readonly lexeme: string;
  readonly weight: number;
  readonly isPiece?: boolean;
}

/** The rows to rank, and the weights of the query's words. */
interface Ranking {
  readonly ids: readonly MemoryId[];
  readonly weighted: readonly WeightedWord[];
  /** Whether the query itself has one word. Words of its topics do not count. */
  readonly isOneWord: boolean;
  /** The total weight that gives the full score. */
  readonly fullWeight: number;
  readonly limit: number;
}

/** Returns the best of these rows, best first. */
export type Rank = (sql: Sql, ranking: Ranking) => Promise<FoundMemory[]>;

/**
 * Ranks memories by the weight of the matching words, by length and by age. The SQL statement is prepared, because planning it
 * takes ten times as long as running it.
 */
export function createMemoryRanking(scoring: Scoring): Rank {
  const { gainOfNew, halfLifeSeconds } = scoring;
  const statement: Prepared = {
    name: "rank memories",
    text: `with words as materialized (
       select lexeme::tsquery, weight
       from unnest((select $2::text[]), (select $3::float8[])) as word (lexeme, weight)
     )
     select ${columns}, score
     from memlane.memory, lateral (
       select
         least(1, (select sum(weight) from words where search @@ lexeme) / $4)
         * ${shareOfWord(scoring, "1", "text")} / ${largestShareOf(scoring)}
         * (
           ${1 - gainOfNew}
           + ${gainOfNew} * power(0.5, greatest(0, extract(epoch from now() - last_said_at))::float8 / ${halfLifeSeconds})
         ) as score
       offset 0 -- otherwise PostgreSQL computes the score twice
     ) as scored
     where id = any ((select $1::uuid[])::uuid[]) and score > 0
     order by score desc, id desc
     limit (select $5::integer)`,
  };
  return async (sql, { ids, weighted, fullWeight, limit }) => {
    if (ids.length === 0) return [];
    const lexemes = weighted.map(({ lexeme }) => quote(lexeme));
    const weights = weighted.map(({ weight }) => weight);
    return sql.query<FoundMemory>(statement, [ids, lexemes, weights, fullWeight, limit]);
  };
}
