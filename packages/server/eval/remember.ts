// The pipeline without a database: the memories after some conversations of one user.
import type { MemoryId } from "@memlane/core";
import type { Extractor } from "../src/pipeline/extract/extractor.ts";
import { normaliseMessages, type WireMessage } from "../src/pipeline/normalise/normalise-messages.ts";
import { newId } from "../src/base/new-id.ts";
import { reconcile, type Decision } from "../src/pipeline/reconcile/reconcile.ts";
import type { ActiveFact } from "../src/store/memories.ts";

/** The result of one more conversation. */
export interface Remembered {
  readonly decisions: readonly Decision[];
  /** The memories that are active after it. */
  readonly active: readonly ActiveFact[];
}

/** Extracts, matches and reconciles one conversation of a user who has the memories `active`. */
export async function remember(
  extractor: Extractor,
  messages: readonly WireMessage[],
  active: readonly ActiveFact[] = [],
): Promise<Remembered> {
  const { statements } = await extractor.extract(normaliseMessages(messages), {});
  const decisions = reconcile(statements, active, () => newId() as MemoryId);
  const kept = new Map(active.map((memory) => [memory.id, memory]));
  for (const decision of decisions) {
    if (decision.type !== "create" && decision.type !== "supersede") continue;
    const { text, slot, fingerprint } = decision.statement;
    if (decision.type === "supersede") decision.supersedes.forEach((id) => kept.delete(id));
    kept.set(decision.id, { id: decision.id, text, slot, fingerprint });
  }
  return { decisions, active: [...kept.values()] };
}
