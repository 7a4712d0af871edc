// How the memories that a search proposes are scored.
import type { Scoring } from "../store/search-memories.ts";

/** Newest memories that a word proposes. A word that proposes as many is as common as a word can be. */
export const proposalsPerWord = 200;

/**
 * As in BM25 for a word that occurs once, with 45 characters as the usual length. A memory that was said now gains a tenth, a month later half
 * of that.
 */
export const scoring: Scoring = {
  saturation: 1.3,
  perCharacter: 0.02,
  gainOfNew: 0.1,
  halfLifeSeconds: 30 * 24 * 3600,
};

/** The weight of a word that proposed so many memories: the rarer, the higher. */
export function weightOf(proposals: number): number {
  return Math.log(1 + proposalsPerWord / Math.max(1, proposals));
}
