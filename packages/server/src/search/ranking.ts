// How the memories and messages that a search proposes are scored.
import type { Scoring } from "../store/search-memories.ts";

/**
 * How many of the newest rows are candidates for a word. A message is also a candidate for the words of the two messages before it,
 * so messages cost more.
 */
export const proposalsPerWord = { memory: 200, message: 120 } as const;

/** The number of candidates at which a word counts as common: its weight is then ln 2, and rarer words weigh more. */
const mostProposals = 200;

/**
 * As in BM25, but length matters little: a long text with all words comes before a short text with some of them. A memory that was
 * just said gains a tenth, and a month later half of that.
 */
export const scoring: Scoring = {
  saturation: 0.8,
  lengthWeight: 0.25,
  meanLength: 120,
  longestLength: 480,
  largestStrength: 2,
  gainOfNew: 0.1,
  halfLifeSeconds: 30 * 24 * 3600,
};

/** The weight of a word with this many candidates: the rarer the word, the higher. */
export function weightOf(proposals: number): number {
  return Math.log(1 + mostProposals / Math.max(1, proposals));
}

/** How much less a related word counts than a rare word of the query. */
export const weightOfRelated = 0.15;
