// Search by text: words propose memories, and the best of these are returned.
import {
  listByPieces,
  listByWords,
  listSimilarWords,
  rankMemories,
  readPieces,
  readWords,
  type FoundMemory,
  type SimilarWord,
  type Word,
} from "../store/search-memories.ts";
import type { MemoryId } from "@memlane/core";
import type { Sql } from "../database/database.ts";
import type { MemoryFilter } from "../store/memories.ts";
import { proposalsPerWord, scoring, weightOf } from "./ranking.ts";

/** What to search for. */
export interface TextQuery {
  readonly orgId: string;
  readonly filter: MemoryFilter;
  readonly query: string;
  readonly limit: number;
}

/** Only the longest words of a long query are used, because they are the rarest. */
const mostWords = 12;
const mostPieces = 48;

/**
 * Shorter words resemble too many others. Longer texts are not words. The database's locale may not
 * know other letters.
 */
const misspelling = /^[a-z]{4,40}$/;
const mostMisspellings = 3;

/** How long a search looks for similar words, in milliseconds; then it answers without them. */
const similarWordsMs = 500;

/** Every fact in the third person contains this word, so as a word of a query it would find everything. */
const everywhere = "user";

/**
 * The active memories that match a query best: by its words, by words similar to one that no memory
 * contains, and by pieces of words in other scripts. Rare words count more than common ones. Among
 * equal matches, shorter and newer memories come first.
 */
export async function searchText(
  sql: Sql,
  { orgId, filter, query, limit }: TextQuery,
): Promise<FoundMemory[]> {
  const scope = { orgId, filter: { ...filter, status: "active" as const } };
  const [words, pieces] = await Promise.all([chooseWords(sql, query), choosePieces(sql, query)]);
  const [byWord, byPiece] = await Promise.all([
    proposeByWords(
      sql,
      scope,
      words.map(({ lexeme }) => lexeme),
    ),
    proposeByPieces(sql, scope, pieces),
  ]);
  const unknown = words.filter((_, index) => byWord.counts[index] === 0);
  const similar = await findSimilar(sql, scope, unknown);
  const bySimilar = await proposeByWords(
    sql,
    scope,
    similar.map(({ lexeme }) => lexeme),
  );

  const ofWords = words.map(({ lexeme }, index) => ({ lexeme, weight: weightOf(byWord.counts[index]!) }));
  const ofSimilar = similar.map(({ lexeme, similarity }, index) => ({
    lexeme,
    weight: weightOf(bySimilar.counts[index]!) * similarity,
  }));
  const ofPieces = pieces.map((lexeme) => ({ lexeme, weight: weightOf(1) / pieces.length }));
  return rankMemories(sql, {
    ids: [...new Set([...byWord.ids, ...byPiece, ...bySimilar.ids])],
    weighted: [...ofWords, ...ofSimilar, ...ofPieces],
    fullWeight: ofWords.reduce((sum, { weight }) => sum + weight, pieces.length > 0 ? weightOf(1) : 0),
    scoring,
    limit,
  });
}

type Scope = Pick<TextQuery, "orgId" | "filter">;

async function chooseWords(sql: Sql, query: string): Promise<readonly Word[]> {
  const words = await readWords(sql, query);
  const telling = words.length > 1 ? words.filter(({ lexeme }) => lexeme !== everywhere) : words;
  return telling.toSorted((one, other) => other.lexeme.length - one.lexeme.length).slice(0, mostWords);
}

async function choosePieces(sql: Sql, query: string): Promise<readonly string[]> {
  return (await readPieces(sql, query)).slice(0, mostPieces);
}

/** The newest memories with each of these words, the number of them per word, and some memories with several words. */
async function proposeByWords(
  sql: Sql,
  { orgId, filter }: Scope,
  lexemes: readonly string[],
): Promise<{ readonly ids: readonly MemoryId[]; readonly counts: readonly number[] }> {
  const groups = [...lexemes.map((lexeme) => [lexeme]), ...combinationsOf(lexemes)];
  const rows = await listByWords(sql, orgId, filter, { groups, limitPerGroup: proposalsPerWord });
  const counts = lexemes.map((_, index) => rows.filter(({ group }) => group === index).length);
  return { ids: rows.map(({ id }) => id), counts };
}

/**
 * All words, and all but one of a few words: a memory with several common words may be too old for
 * the list of each single word.
 */
function combinationsOf(lexemes: readonly string[]): (readonly string[])[] {
  if (lexemes.length < 2) return [];
  const allButOne = lexemes.map((left) => lexemes.filter((lexeme) => lexeme !== left));
  return lexemes.length === 2 || lexemes.length > 5 ? [lexemes] : [lexemes, ...allButOne];
}

/** The newest memories with all pieces, which means the same words. If these are few, also those with any piece. */
async function proposeByPieces(
  sql: Sql,
  { orgId, filter }: Scope,
  pieces: readonly string[],
): Promise<readonly MemoryId[]> {
  if (pieces.length === 0) return [];
  const list = (match: "all" | "any") =>
    listByPieces(sql, orgId, filter, { pieces, match, limit: proposalsPerWord });
  const withAll = await list("all");
  return withAll.length < proposalsPerWord ? [...withAll, ...(await list("any"))] : withAll;
}

/** Words similar to those that no memory contains and that may be misspelled. None if the look-up takes too long. */
async function findSimilar(
  sql: Sql,
  { orgId, filter }: Scope,
  unknown: readonly Word[],
): Promise<readonly SimilarWord[]> {
  const spellings = unknown
    .map(({ spelling }) => spelling.toLowerCase())
    .filter((word) => misspelling.test(word));
  if (spellings.length === 0) return [];
  const signal = AbortSignal.timeout(similarWordsMs);
  const hurried: Sql = { query: (statement, parameters) => sql.query(statement, parameters, { signal }) };
  try {
    return await listSimilarWords(hurried, orgId, filter, spellings.slice(0, mostMisspellings));
  } catch (error) {
    if (signal.aborted) return [];
    throw error;
  }
}
