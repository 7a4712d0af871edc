// How the memories and messages that a search proposes are scored.
import type { Scoring } from "../store/search-memories.ts";

/**
 * Newest rows that a word proposes. The words of the two messages before a message propose it as well, so messages cost more.
 */
export const proposalsPerWord = { memory: 200, message: 120 } as const;

/** A word that proposes as many rows is as common as a word can be. */
const mostProposals = 200;

/**
 * As in BM25, with little regard to length: a long text with all words comes before a short one with some of them. One that was just
 * said gains a tenth, a month later half of that.
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

/** The weight of a word that proposed so many memories and messages: the rarer, the higher. */
export function weightOf(proposals: number): number {
  return Math.log(1 + mostProposals / Math.max(1, proposals));
}
