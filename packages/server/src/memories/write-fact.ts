// Stores facts that clients send, and checks which facts they contradict.
import { factIds, MemlaneError, type FactId, type MemoryId } from "@memlane/core";
import type { RequestDatabase } from "../database/org-shares.ts";
import type { Sql } from "../database/database.ts";
import { newId } from "../base/new-id.ts";
import { reachOf } from "../pipeline/match/reach.ts";
import { persist } from "../pipeline/persist/persist.ts";
import { reconcile, type Decision } from "../pipeline/reconcile/reconcile.ts";
import type { Statement } from "../pipeline/statement/statement.ts";
import {
  currentFingerprintOf,
  statementOfTriple,
  type GivenFact,
} from "../pipeline/statement/statement-of-triple.ts";
import { canonicalOf, plainPredicateOf } from "../pipeline/statement/triple.ts";
import { confirmFact, inheritSources, readActiveFingerprint, readSuccessor } from "../store/change-facts.ts";
import { readFact } from "../store/facts.ts";
import { readKnownFacts, type KnownFact } from "../store/known-facts.ts";
import type { Limits } from "../store/limits.ts";
import { insertAllWithinLimits } from "./insert-within-limits.ts";

/** A fact to store. */
export interface FactWrite {
  readonly orgId: string;
  readonly limits: Limits;
  readonly userId: string | null;
  readonly agentId: string | null;
  readonly runId: string | null;
  readonly given: GivenFact;
}

/** The stored fact, which may be an older one with the same meaning, and the facts that it replaced. */
export interface WrittenFact {
  readonly id: FactId;
  readonly invalidated: readonly FactId[];
}

/** Used as `since`, so that only facts with the same slot or meaning are read, and no later ones. */
const farFuture = new Date("9999-12-31T00:00:00Z");

/** Stores a fact. A fact that is known is confirmed instead. */
export function writeFact(database: RequestDatabase, write: FactWrite): Promise<WrittenFact> {
  return storeStatement(database, write, undefined);
}

/** The parts of a fact to correct. */
export interface FactCorrection {
  readonly orgId: string;
  readonly limits: Limits;
  readonly id: FactId;
  readonly subject: string | undefined;
  readonly predicate: string | undefined;
  readonly object: string | undefined;
}

/**
 * Replaces a fact by a corrected one. A fact that is already correct is confirmed.
 *
 * @throws MemlaneError `fact_not_found`, or `fact_not_current` if the fact is no longer true
 */
export async function correctFact(
  database: RequestDatabase,
  { orgId, limits, id, ...correction }: FactCorrection,
): Promise<WrittenFact> {
  const fact = await readFact(database, orgId, id);
  if (fact === undefined) throw factNotFound();
  const { subject = fact.subject, predicate = fact.predicate, object = fact.object } = correction;
  const isSame =
    canonicalOf(subject) === fact.subjectCanonical &&
    plainPredicateOf(predicate) === plainPredicateOf(fact.predicate) &&
    canonicalOf(object) === fact.objectCanonical;
  const now = new Date();
  if (isSame) {
    await currentFingerprint(database, orgId, id);
    await confirmFact(database, orgId, id, now);
    return { id, invalidated: [] };
  }
  const { objectIsLiteral, confidence, tense, userId, agentId } = fact;
  const subjectType = correction.subject === undefined ? fact.subjectType : undefined;
  const given = {
    subject,
    predicate,
    object,
    objectIsLiteral,
    subjectType,
    confidence,
    tense,
    validFrom: now,
  };
  return storeStatement(database, { orgId, limits, userId, agentId, runId: null, given }, id);
}

/** An error for an unknown fact. */
export const factNotFound = () =>
  new MemlaneError({ code: "fact_not_found", message: "there is no such fact" });

async function currentFingerprint(sql: Sql, orgId: string, id: FactId): Promise<string> {
  const fingerprint = await readActiveFingerprint(sql, orgId, id);
  if (fingerprint !== undefined) return fingerprint;
  const successor = await readSuccessor(sql, orgId, id);
  throw new MemlaneError({
    code: "fact_not_current",
    message: "this fact is no longer true, so it cannot be corrected",
    currentFactId: successor && factIds.print(successor),
  });
}

async function storeStatement(
  database: RequestDatabase,
  { orgId, limits, given, ...owner }: FactWrite,
  corrected: FactId | undefined,
): Promise<WrittenFact> {
  const statement = statementOfTriple(given);
  for (;;) {
    const arrivedAt = new Date();
    const others = corrected === undefined ? [] : [await currentFingerprint(database, orgId, corrected)];
    const near = reachOf([statement], arrivedAt);
    // Only facts with the same slot or the same meaning are compared, so that the event loop is not blocked.
    const reach = {
      ...near,
      needsRecent: false,
      fingerprints: [...near.fingerprints, currentFingerprintOf(statement), ...others],
      since: farFuture,
    };
    const known = await readKnownFacts(database, orgId, owner.userId, reach);
    const decision = decide(statement, known.facts, arrivedAt, corrected);
    const written = await database.transaction(async (sql): Promise<WrittenFact | undefined> => {
      const persisted = await persist(sql, {
        owner: { ...owner, orgId, jobId: null, appId: null, conversationId: null },
        decisions: [withoutDate(decision)],
        arrivedAt,
        reach,
        known,
        insertMemories: (inside, memories) => insertAllWithinLimits(inside, { orgId, limits, memories }),
      });
      if (persisted === undefined) return undefined; // another writer has changed the user's facts
      const id = decision.type === "duplicate" ? decision.of : decision.id;
      if (decision.type === "duplicate") await confirmFact(sql, orgId, id, given.validFrom);
      if (corrected !== undefined) await inheritSources(sql, corrected, id);
      const replaced = decision.type === "create" ? [] : decision.supersedes;
      return { id, invalidated: [...replaced] };
    });
    if (written !== undefined) return written;
  }
}

/** Without the date of a repetition, because `confirmFact` counts it. */
const withoutDate = (decision: Decision): Decision =>
  decision.type === "duplicate"
    ? { ...decision, statement: { ...decision.statement, saidAt: null } }
    : decision;

/** What to do with a fact that a client sent. A corrected fact is always replaced, also if the new one means the same. */
function decide(
  statement: Statement,
  facts: readonly KnownFact[],
  arrivedAt: Date,
  corrected: FactId | undefined,
): Exclude<Decision, { type: "outdated" | "unneeded" }> {
  const others = facts.filter(({ id }) => id !== corrected);
  const [decision] = reconcile([statement], { facts: others, arrivedAt }, () => newId() as MemoryId);
  if (decision === undefined || decision.type === "outdated" || decision.type === "unneeded")
    throw new Error("a single statement is never outdated");
  const restated = statement.tense === "past" ? currentFingerprintOf(statement) : undefined;
  const ended = others.filter(({ fingerprint, invalidAt }) => fingerprint === restated && invalidAt === null);
  const also = [...(corrected === undefined ? [] : [corrected]), ...ended.map(({ id }) => id)];
  if (also.length === 0) return decision;
  const [first, ...more] = new Set([...also, ...(decision.type === "create" ? [] : decision.supersedes)]);
  const supersedes = [first!, ...more] as const;
  if (decision.type === "duplicate") return { ...decision, supersedes };
  return {
    type: "supersede",
    statement,
    id: decision.id,
    supersedes,
    why: supersedes.map(() => "corrected"),
  };
}
