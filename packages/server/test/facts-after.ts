// The facts of a user without a database.
import type { JobId } from "@memlane/core";
import type { Decision } from "../src/pipeline/reconcile/reconcile.ts";
import { planWrites } from "../src/pipeline/persist/persist.ts";
import type { KnownFact } from "../src/store/known-facts.ts";

const owner = {
  jobId: "" as JobId,
  userId: "user",
  agentId: null,
  appId: null,
  conversationId: "conversation",
};

/** The facts that are stored after these decisions, retired ones included. */
export function factsAfter(
  facts: readonly KnownFact[],
  decisions: readonly Decision[],
  arrivedAt: Date,
): readonly KnownFact[] {
  const { created, retired, repeated } = planWrites(decisions, owner, arrivedAt);
  const stored = new Map(facts.map((fact) => [fact.id, fact]));
  for (const { id, text, slot, fingerprint, last_said_at } of created) {
    const saidAt = new Date(last_said_at!);
    const fact = { id, text, slot: slot!, fingerprint: fingerprint!, version: "" };
    stored.set(id, { ...fact, firstSaidAt: saidAt, lastSaidAt: saidAt, invalidAt: null });
  }
  for (const { id, invalid_at } of retired.values())
    stored.set(id, { ...stored.get(id)!, invalidAt: new Date(invalid_at) });
  for (const { id, said_at, is_dated } of repeated) {
    const fact = stored.get(id)!;
    const saidAt = new Date(said_at);
    stored.set(id, {
      ...fact,
      firstSaidAt: is_dated && saidAt < fact.firstSaidAt ? saidAt : fact.firstSaidAt,
      lastSaidAt: saidAt > fact.lastSaidAt ? saidAt : fact.lastSaidAt,
    });
  }
  return [...stored.values()];
}

/** The active facts. */
export const activeOf = (facts: readonly KnownFact[]): readonly KnownFact[] =>
  facts.filter(({ invalidAt }) => invalidAt === null);
