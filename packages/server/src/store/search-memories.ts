// Search: which memories may fit a query, and which of them fit it best.
import type { MemoryId } from "@memlane/core";
import type { Memory } from "@memlane/core/internal";
import type { Sql } from "../database/database.ts";
import { columns, conditionsOf, type MemoryFilter } from "./memories.ts";

/** A memory that a search found, the better the higher its score (0 to 1). */
export type FoundMemory = Memory & { readonly score: number };

/** A word of a query. */
interface Word {
  /** Its stem if it is English, and itself otherwise: what memories are looked up by. */
  readonly lexeme: string;
  readonly spelling: string;
}

/** What a memory is found by, and what that is worth. */
interface Weighted {
  readonly lexeme: string;
  readonly weight: number;
}

/** Of a long query the longest words count: they are the rarest. */
const mostWords = 12;
const mostPieces = 48;

/** Memories that a word proposes, the newest ones: a word that proposes as many is as common as it gets. */
const mostProposals = 200;

/** Shorter words resemble too many others, longer texts are no words, and the locale may not know other letters. */
const misspelling = /^[a-z]{4,40}$/;
const mostMisspellings = 3;

/** How many memories give words for the comparison with a misspelled word. The bytes hold the lexemes of 1,000 sentences. */
const mostCompared = 500;
const mostBeginningAlike = 30;
const mostBytesCompared = 200_000;
const beginningLengths = [3, 4, 5, 7, 10];
const leastLikeness = 0.3;

/** How long a search looks for similar words, in milliseconds; then it answers without them. */
const likenessMs = 500;

/** What each fact in the third person says: as a word of a query it finds everything. */
const everywhere = "user";

/**
 * The active memories that fit a query best: by its words, a rare one more than a common one; by words that resemble one
 * that is nowhere; by pieces of words in other scripts. Of two that fit alike, the shorter and the newer comes first.
 */
export async function searchMemories(
  sql: Sql,
  orgId: string,
  filter: MemoryFilter,
  query: string,
  limit: number,
): Promise<FoundMemory[]> {
  const scope = { ...filter, status: "active" as const };
  const [words, pieces] = await Promise.all([readWords(sql, query), readPieces(sql, query)]);
  const [byWord, byPiece] = await Promise.all([
    proposeByWords(
      sql,
      orgId,
      scope,
      words.map(({ lexeme }) => lexeme),
    ),
    proposeByPieces(sql, orgId, scope, pieces),
  ]);
  const lost = words.filter((_, index) => byWord.counts[index] === 0);
  const alike = await findAlike(sql, orgId, scope, lost);
  const byLikeness = await proposeByWords(
    sql,
    orgId,
    scope,
    alike.map(({ lexeme }) => lexeme),
  );

  const known = words.map(({ lexeme }, index) => ({ lexeme, weight: weightOf(byWord.counts[index]!) }));
  const worth = known.reduce((sum, { weight }) => sum + weight, pieces.length > 0 ? weightOf(1) : 0);
  const weighted = [
    ...known,
    ...alike.map(({ lexeme, likeness }, index) => ({
      lexeme,
      weight: weightOf(byLikeness.counts[index]!) * likeness,
    })),
    ...pieces.map((lexeme) => ({ lexeme, weight: weightOf(1) / pieces.length })),
  ];
  return rank(sql, [...new Set([...byWord.ids, ...byPiece, ...byLikeness.ids])], weighted, worth, limit);
}

/** How much a word tells that so many memories proposed, the rarest the most. */
function weightOf(count: number): number {
  return Math.log(1 + mostProposals / Math.max(1, count));
}

async function readWords(sql: Sql, query: string): Promise<readonly Word[]> {
  const words = await sql.query<Word>(
    `select distinct on (lexeme) lexeme, token as spelling
     from ts_parse('default', $1), unnest(tsvector_to_array(to_tsvector('english', token))) as lexeme`,
    [query],
  );
  const telling = words.length > 1 ? words.filter(({ lexeme }) => lexeme !== everywhere) : words;
  return telling.toSorted((one, other) => other.lexeme.length - one.lexeme.length).slice(0, mostWords);
}

async function readPieces(sql: Sql, query: string): Promise<readonly string[]> {
  const [row] = await sql.query<{ pieces: string[] }>(
    "select tsvector_to_array(memlane.pieces($1)) as pieces",
    [query],
  );
  return row!.pieces.slice(0, mostPieces);
}

/**
 * The newest memories with each of these words, how many that were for each, and some with several. Each comes from a branch
 * that the planner sees the words of: for common ones it walks back from the newest memory, for rare ones it takes the index. So
 * a branch takes about a millisecond among 100,000 memories, where to rank all that hold any of the words takes a hundred.
 */
async function proposeByWords(
  sql: Sql,
  orgId: string,
  scope: MemoryFilter,
  lexemes: readonly string[],
): Promise<{ readonly ids: readonly MemoryId[]; readonly counts: readonly number[] }> {
  const queries = [...lexemes.map((lexeme) => [lexeme]), ...togetherOf(lexemes)];
  const rows = await propose(
    sql,
    orgId,
    scope,
    queries.map((some) => some.map(quote).join(" & ")),
  );
  const counts = lexemes.map((_, index) => rows.filter(({ asked }) => asked === index).length);
  return { ids: rows.map(({ id }) => id), counts };
}

/** All words, and all but one of a few: what holds several common words need not be among the newest of any. */
function togetherOf(lexemes: readonly string[]): (readonly string[])[] {
  if (lexemes.length < 2) return [];
  const allButOne = lexemes.map((left) => lexemes.filter((lexeme) => lexeme !== left));
  return lexemes.length === 2 || lexemes.length > 5 ? [lexemes] : [lexemes, ...allButOne];
}

/** The newest memories with all pieces, which is with the same words, and if those are few with any. */
async function proposeByPieces(
  sql: Sql,
  orgId: string,
  scope: MemoryFilter,
  pieces: readonly string[],
): Promise<readonly MemoryId[]> {
  if (pieces.length === 0) return [];
  const { where, parameters } = conditionsOf(orgId, scope);
  // The order is outside, so that the planner takes the index of words: it thinks that every fiftieth memory holds a piece
  // that it does not know, and would look for two hundred of them from the newest memory back.
  const holding = `select id from (
      select id from memlane.memory where ${where} and search @@ $${parameters.length + 1}::tsquery offset 0
    ) as holding order by id desc limit ${mostProposals}`;
  const find = async (operator: string) => {
    const rows = await sql.query<{ id: MemoryId }>(holding, [
      ...parameters,
      pieces.map(quote).join(operator),
    ]);
    return rows.map(({ id }) => id);
  };
  const withAll = await find(" & ");
  return withAll.length < mostProposals ? [...withAll, ...(await find(" | "))] : withAll;
}

async function propose(
  sql: Sql,
  orgId: string,
  scope: MemoryFilter,
  queries: readonly string[],
): Promise<readonly { readonly id: MemoryId; readonly asked: number }[]> {
  if (queries.length === 0) return [];
  const { where, parameters } = conditionsOf(orgId, scope);
  const branches = queries.map(
    (query, index) =>
      `(select id, ${index} as asked from memlane.memory where ${where} and search @@ $${parameters.push(query)}::tsquery
        order by id desc limit ${mostProposals})`,
  );
  return sql.query(branches.join(" union all "), parameters);
}

/** A word that there is, and how much it resembles one of a query. */
interface Alike {
  readonly lexeme: string;
  /** 0 to 1. */
  readonly likeness: number;
}

/** Words similar to those that are found nowhere and may be misspelled; none if the look-up takes too long. */
async function findAlike(
  sql: Sql,
  orgId: string,
  scope: MemoryFilter,
  lost: readonly Word[],
): Promise<readonly Alike[]> {
  const spellings = lost
    .map(({ spelling }) => spelling.toLowerCase())
    .filter((word) => misspelling.test(word));
  if (spellings.length === 0) return [];
  const signal = AbortSignal.timeout(likenessMs);
  const hurried: Sql = { query: (statement, parameters) => sql.query(statement, parameters, { signal }) };
  try {
    return await compareWords(hurried, orgId, scope, spellings.slice(0, mostMisspellings));
  } catch (error) {
    if (signal.aborted) return [];
    throw error;
  }
}

/**
 * The two words of memories that resemble each spelling most. Reads the newest memories, and memories of any age with words that
 * begin alike. Their number is bounded, while an index of trigrams would return every memory that shares a trigram.
 */
async function compareWords(
  sql: Sql,
  orgId: string,
  scope: MemoryFilter,
  spellings: readonly string[],
): Promise<readonly Alike[]> {
  const { where, parameters } = conditionsOf(orgId, scope);
  const beginnings = spellings.flatMap((word) =>
    beginningLengths.filter((length) => length < word.length).map((length) => word.slice(0, length)),
  );
  // The limit is outside, so that the planner takes the index of words. It assumes that every fiftieth memory matches a prefix
  // that it does not know, and would otherwise scan from the newest memory back.
  const branches = beginnings.map(
    (beginning) => `(select id from (
        select id from memlane.memory where ${where} and search @@ $${parameters.push(`${quote(beginning)}:*`)}::tsquery offset 0
      ) as holding limit ${mostBeginningAlike})`,
  );
  return sql.query(
    `with newest as (
       select id from memlane.memory where ${where} order by id desc limit ${mostCompared}
     ), beginning_alike as materialized (
       ${branches.join(" union ")}
     ), compared as (
       select search, sum(pg_column_size(search)) over (order by id in (select id from beginning_alike) desc, id desc)
         as bytes_so_far
       from memlane.memory where id = any(array(select id from beginning_alike union select id from newest))
     ), word as materialized (
       select distinct unnest(tsvector_to_array(search)) as lexeme from compared
       where bytes_so_far <= ${mostBytesCompared}
     )
     select lexeme, likeness from unnest($${parameters.push(spellings)}::text[]) as misspelled (spelling), lateral (
       select lexeme, similarity(lexeme, spelling)::float8 as likeness from word
       where similarity(lexeme, spelling) >= ${leastLikeness} order by likeness desc, lexeme limit 2
     ) as alike`,
    parameters,
  );
}

/** The best of these memories: what they hold of the query's worth is their score. */
async function rank(
  sql: Sql,
  ids: readonly MemoryId[],
  weighted: readonly Weighted[],
  worth: number,
  limit: number,
): Promise<FoundMemory[]> {
  if (ids.length === 0) return [];
  // Length counts as in BM25 for a word that is there once, where 45 characters are usual. What is new gains a tenth, what is
  // a month old half of that.
  return sql.query<FoundMemory>(
    `with word as materialized (
       select lexeme::tsquery, weight from unnest($2::text[], $3::float8[]) as word (lexeme, weight)
     )
     select ${columns}, score from memlane.memory, lateral (
       select least(1, (select sum(weight) from word where search @@ lexeme) / $4)
         * 1.3 / (1.3 + 0.02 * length(text))
         * (0.9 + 0.1 * power(0.5, extract(epoch from now() - created_at)::float8 / 2592000)) as score
     ) as ranked
     where id = any($1) and score > 0 order by score desc, id desc limit $5`,
    [ids, weighted.map(({ lexeme }) => quote(lexeme)), weighted.map(({ weight }) => weight), worth, limit],
  );
}

/** A word as a `tsquery` takes it, whatever it is made of. */
function quote(lexeme: string): string {
  return `'${lexeme.replaceAll("\\", "\\\\").replaceAll("'", "''")}'`;
}
