// Search by text: the words of a query find candidates, and the best candidates are returned.
import {
  createMemoryRanking,
  listByPieces,
  listByWords,
  listSimilarWords,
  readQuery,
  type FoundMemory,
  type QueryWords,
  type SearchScope,
  type SimilarWord,
} from "../store/search-memories.ts";
import { createMessageRanking } from "../store/rank-messages.ts";
import type { MemoryId } from "@memlane/core";
import type { Sql } from "../database/database.ts";
import type { MemoryFilter } from "../store/memories.ts";
import { proposalsPerWord, scoring, weightOf, weightOfRelated } from "./ranking.ts";
import { wordsRelatedTo } from "./topics.ts";

const rank = { memory: createMemoryRanking(scoring), message: createMessageRanking(scoring) };

/** What to search for. */
export interface TextQuery {
  readonly orgId: string;
  readonly filter: MemoryFilter;
  readonly query: string;
  readonly limit: number;
  /** Whether other words of the query's topics count too (`topics.ts`). @default false */
  readonly widensTopics?: boolean;
}

/** Only the longest words of a long query are used, because they are the rarest. */
const mostWords = 12;
const mostPieces = 48;

/**
 * Words that may be misspelled. Shorter words resemble too many others, and longer texts are not words.
 * Other letters may be missing in the database's locale.
 */
const misspelling = /^[a-z]{4,40}$/;
const mostMisspellings = 3;

/** How long a search looks for similar words, in milliseconds; then it answers without them. */
const similarWordsMs = 500;

/** Every fact in the third person contains this word, so a query with it would find everything. */
const everywhere = "user";

/**
 * The active memories and the messages of episodes that match a query best, in one list. They match
 * by its words, by words similar to a word that is found nowhere, and by pieces of words in other
 * scripts. Rare words count more than common words. Among equal matches, shorter and newer memories
 * come first.
 */
export async function searchText(
  sql: Sql,
  { orgId, filter, query, limit, widensTopics = false }: TextQuery,
): Promise<FoundMemory[]> {
  const scopes = scopesOf(orgId, filter);
  const { words, pieces, related } = await chooseWords(sql, query, widensTopics ? wordsRelatedTo(query) : []);
  const proposed = await Promise.all(
    scopes.map(async (scope) => {
      const [{ ids, counts }, byPiece, byRelated] = await Promise.all([
        proposeByWords(sql, scope, words),
        proposeByPieces(sql, scope, pieces),
        proposeByRelated(sql, scope, related),
      ]);
      return { ids: [...ids, ...byPiece, ...byRelated], counts };
    }),
  );
  const countOf = (index: number) => proposed.reduce((sum, { counts }) => sum + counts[index]!, 0);
  const unknown = words.filter((_, index) => countOf(index) === 0);
  const ofWords = words.map((lexeme, index) => ({ lexeme, weight: weightOf(countOf(index)) }));
  const ofPieces = pieces.map((lexeme) => ({
    lexeme,
    weight: weightOf(1) / pieces.length,
    isPiece: true,
  }));
  const ofRelated = related.map((lexeme) => ({ lexeme, weight: weightOf(1) * weightOfRelated }));
  const fullWeight = ofWords.reduce((sum, { weight }) => sum + weight, pieces.length > 0 ? weightOf(1) : 0);
  const found = await Promise.all(
    scopes.map(async (scope, at) => {
      const similar = await findSimilar(sql, scope, unknown);
      const { ids, counts } = await proposeByWords(
        sql,
        scope,
        similar.map(({ lexeme }) => lexeme),
      );
      const ofSimilar = similar.map(({ lexeme, similarity }, index) => ({
        lexeme,
        weight: weightOf(counts[index]!) * similarity,
      }));
      return rank[scope.table](sql, {
        ids: [...new Set([...proposed[at]!.ids, ...ids])],
        isOneWord: ofWords.length + ofPieces.length === 1,
        weighted: [...ofWords, ...ofSimilar, ...ofPieces, ...ofRelated],
        fullWeight,
        limit,
      });
    }),
  );
  return found
    .flat()
    .toSorted((one, other) => other.score - one.score)
    .slice(0, limit);
}

/** The tables that a filter allows to search. Messages cannot be filtered by conversation, run or metadata. */
function scopesOf(orgId: string, filter: MemoryFilter): readonly SearchScope[] {
  // Messages get the rest of the filter, so that a new field of it applies to them, too.
  const {
    conversationId,
    runId,
    metadata,
    types,
    onlyActive: _,
    withoutMinedFacts: __,
    ...ofMessages
  } = filter;
  const scopes: SearchScope[] = [{ table: "memory", orgId, filter: { ...filter, onlyActive: true } }];
  const hasMessages = conversationId == null && runId == null && Object.keys(metadata ?? {}).length === 0;
  if (hasMessages && (types == null || types.includes("episode")))
    scopes.push({ table: "message", orgId, filter: ofMessages });
  return scopes;
}

async function chooseWords(sql: Sql, query: string, relatedWords: readonly string[]): Promise<QueryWords> {
  const { words, pieces, related } = await readQuery(sql, query, relatedWords);
  const telling = words.length > 1 ? words.filter((word) => word !== everywhere) : words;
  return {
    words: telling.toSorted((one, other) => other.length - one.length).slice(0, mostWords),
    pieces: pieces.slice(0, mostPieces),
    related: related.filter((word) => !words.includes(word)),
  };
}

/** The newest memories with each of these words, their number per word, and memories with several of the words. */
async function proposeByWords(
  sql: Sql,
  scope: SearchScope,
  lexemes: readonly string[],
): Promise<{ readonly ids: readonly MemoryId[]; readonly counts: readonly number[] }> {
  const groups = [...lexemes.map((lexeme) => [lexeme]), ...combinationsOf(lexemes)];
  const rows = await listByWords(sql, scope, { groups, limitPerGroup: proposalsPerWord[scope.table] });
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

/** The newest memories with all pieces, so probably with the same words. If there are few, also memories with at least one piece. */
async function proposeByPieces(
  sql: Sql,
  scope: SearchScope,
  pieces: readonly string[],
): Promise<readonly MemoryId[]> {
  if (pieces.length === 0) return [];
  const limit = proposalsPerWord[scope.table];
  const list = (match: "all" | "any") => listByPieces(sql, scope, { pieces, match, limit });
  const withAll = await list("all");
  return withAll.length < limit ? [...withAll, ...(await list("any"))] : withAll;
}

/** The newest memories with any word of the query's topics. */
async function proposeByRelated(
  sql: Sql,
  scope: SearchScope,
  related: readonly string[],
): Promise<readonly MemoryId[]> {
  if (related.length === 0) return [];
  return listByPieces(sql, scope, { pieces: related, match: "any", limit: proposalsPerWord[scope.table] });
}

/** Words similar to the words that were found nowhere and may be misspelled. Empty if the look-up takes too long. */
async function findSimilar(
  sql: Sql,
  scope: SearchScope,
  unknown: readonly string[],
): Promise<readonly SimilarWord[]> {
  const spellings = unknown.filter((word) => misspelling.test(word));
  if (spellings.length === 0) return [];
  const signal = AbortSignal.timeout(similarWordsMs);
  const hurried: Sql = { query: (statement, parameters) => sql.query(statement, parameters, { signal }) };
  try {
    return await listSimilarWords(hurried, scope, spellings.slice(0, mostMisspellings));
  } catch (error) {
    if (signal.aborted) return [];
    throw error;
  }
}
