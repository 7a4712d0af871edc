// Finds where the messages that contain an answer are lost.
import type { Question } from "./conversation.ts";
import type { Served } from "./served.ts";

const reach = 10;

/** Shares of all messages that contain an answer. */
export interface Losses {
  /** Among the first ten results. */
  readonly found: number;
  /** Among the first hundred. */
  readonly rankedTooLow: number;
  /** Stored, but not among the first hundred. */
  readonly notFound: number;
  readonly neverStored: number;
}

/** Looks for each message that contains an answer. */
export async function findLosses(
  asked: readonly { readonly question: Question; readonly served: Served }[],
): Promise<Losses> {
  const counts = { found: 0, rankedTooLow: 0, notFound: 0, neverStored: 0 };
  for (const { question, served } of asked) {
    const results = await served.ask(question.question);
    for (const diaId of question.evidence) {
      const at = results.findIndex(({ diaIds }) => diaIds.includes(diaId));
      if (at !== -1) counts[at < reach ? "found" : "rankedTooLow"] += 1;
      else counts[served.storedDiaIds.has(diaId) ? "notFound" : "neverStored"] += 1;
    }
  }
  const total = Math.max(
    1,
    Object.values(counts).reduce((sum, count) => sum + count, 0),
  );
  return {
    found: counts.found / total,
    rankedTooLow: counts.rankedTooLow / total,
    notFound: counts.notFound / total,
    neverStored: counts.neverStored / total,
  };
}
