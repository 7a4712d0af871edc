// The pipeline without a database: the memories after some conversations of one user.
import type { MemoryId } from "@memlane/core";
import type { Extractor } from "../src/pipeline/extract/extractor.ts";
import { normaliseMessages, type WireMessage } from "../src/pipeline/normalise/normalise-messages.ts";
import { newId } from "../src/base/new-id.ts";
import { reconcile, type Decision } from "../src/pipeline/reconcile/reconcile.ts";
import type { KnownFact } from "../src/store/known-facts.ts";
import { activeOf, factsAfter } from "../test/facts-after.ts";

/** The result of one more conversation. */
export interface Remembered {
  readonly decisions: readonly Decision[];
  /** The memories that are active after it. */
  readonly active: readonly KnownFact[];
}

/** Extracts, matches and reconciles one conversation of a user who has the memories `active`. */
export async function remember(
  extractor: Extractor,
  messages: readonly WireMessage[],
  active: readonly KnownFact[] = [],
): Promise<Remembered> {
  const { statements } = await extractor.extract(normaliseMessages(messages), {});
  const arrivedAt = new Date();
  const decisions = reconcile(statements, { facts: active, arrivedAt }, () => newId() as MemoryId);
  return { decisions, active: activeOf(factsAfter(active, decisions, arrivedAt)) };
}
