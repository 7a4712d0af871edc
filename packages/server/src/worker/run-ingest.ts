import {
  jobIds,
  type ingestRequestWire,
  type IngestResult,
  type Job,
  type MemoryId,
  type MemoryReference,
} from "@memlane/core";
import type { Logger } from "pino";
import type * as z from "zod/mini";
import type { Database, Sql } from "../database/database.ts";
import type { Claim } from "../pipeline/claim.ts";
import type { Extractor } from "../pipeline/extractor.ts";
import { oppositeOf } from "../pipeline/fingerprint.ts";
import { reportMessages } from "../pipeline/message-reports.ts";
import { normaliseMessages } from "../pipeline/message.ts";
import { needsAllClaims } from "../pipeline/standing-claims.ts";
import { reconcile, type Decision } from "../pipeline/reconcile.ts";
import { succeedIngest, type ClaimedJob } from "../store/held-jobs.ts";
import { insertWithinLimits } from "../store/insert-within-limits.ts";
import type { LimitsOf } from "../store/known-limits.ts";
import type { Limits } from "../store/limits.ts";
import {
  lockActiveFacts,
  retireMemories,
  type FactReach,
  type NewMemory,
  type Retirement,
} from "../store/memories.ts";
import { createStageTimer } from "./stage-timer.ts";
import type { NewMemoryId } from "./worker.ts";

/** What a conversation arrives as. */
export type IngestInput = z.output<typeof ingestRequestWire>;

/** A conversation to turn into memories, and what that takes. */
export interface IngestRun {
  readonly database: Database;
  readonly extractor: Extractor;
  readonly job: ClaimedJob;
  readonly input: IngestInput;
  readonly newMemoryId: NewMemoryId;
  readonly limitsOf: LimitsOf;
  /** Says of each claim why it is remembered, or not. */
  readonly log: Logger;
  readonly signal: AbortSignal;
}

/**
 * Turns a conversation into memories: `normalise → extract → match → reconcile → persist`. The memories and the
 * job's end commit in one transaction. Answers with the job when it ended; not when `signal` aborts or another
 * worker took the job.
 */
export async function runIngest({
  database,
  extractor,
  job,
  input,
  newMemoryId,
  limitsOf,
  log,
  signal,
}: IngestRun): Promise<Job | undefined> {
  const timer = createStageTimer();
  try {
    const messages = timer.stage("normalise", () =>
      normaliseMessages(input.messages, input.timestamp_format),
    );
    const { claims, by, failed } = await timer.stage("extract", () =>
      extractor.extract(messages, { signal }),
    );
    if (signal.aborted) return undefined;
    const limits = await limitsOf(job.orgId);
    const remember = async (sql: Sql) => {
      const active = await timer.stage("match", async () =>
        claims.length === 0 ? [] : lockActiveFacts(sql, job.orgId, input.user_id, reachOf(claims)),
      );
      const decisions = timer.stage("reconcile", () => reconcile(claims, active, newMemoryId));
      const result = await timer.stage("persist", () => persist(sql, job, limits, input, decisions));
      const ended = await succeedIngest(sql, job, {
        ...result,
        stageTimings: timer.seconds(),
        extractor: by,
        messages: reportMessages(input.messages, decisions, failed),
      });
      if (ended === undefined) throw new LeaseLostError();
      return { ended, decisions };
    };
    // With nothing to remember the job's end is all there is to write: one statement, a transaction by itself.
    const { ended, decisions } = await (claims.length === 0
      ? remember(database)
      : database.transaction(remember));
    explain(decisions, job, log);
    return ended;
  } catch (error) {
    if (signal.aborted || error instanceof LeaseLostError) return undefined;
    throw error;
  }
}

/** Which facts the claims may repeat or contradict: some may end any, the others say which. */
function reachOf(claims: readonly Claim[]): FactReach {
  if (claims.some(needsAllClaims)) return "all";
  return {
    slots: claims.flatMap(({ slot }) => slot ?? []),
    fingerprints: claims.flatMap(({ fingerprint }) => [fingerprint, oppositeOf(fingerprint)]),
  };
}

/** Says in the job's debug log why each memory is there, or not; never in the words of a message. */
function explain(decisions: readonly Decision[], job: ClaimedJob, log: Logger): void {
  for (const { type, claim, ...more } of decisions) {
    const { why: _, ...ids } = { why: undefined, ...more }; // it may name what is spoken of
    const { factType, sourceIndexes: messages } = claim;
    log.debug(
      { job: jobIds.print(job.id), decision: type, ...ids, fact_type: factType, messages },
      "decided on a claim",
    );
  }
}

/** Stores what was decided, and says what that was. */
async function persist(
  sql: Sql,
  { id: job_id, orgId }: ClaimedJob,
  limits: Limits,
  input: IngestInput,
  decisions: readonly Decision[],
): Promise<Omit<IngestResult, "stageTimings">> {
  const retired = new Map<MemoryId, Retirement>();
  const created: (NewMemory & MemoryReference)[] = [];
  for (const decision of decisions) {
    if (decision.type !== "create" && decision.type !== "supersede") continue;
    const { id, claim } = decision;
    const superseded = decision.type === "supersede" ? decision.supersedes : [];
    const status = claim.retracts ? "retracted" : "superseded";
    for (const old of superseded) retired.set(old, { id: old, status, superseded_by: id });
    created.push(newMemoryOf(input, id, claim, superseded[0] ?? null));
  }
  // First out, then in: a slot holds one active fact at any time.
  await retireMemories(sql, orgId, [...retired.values()]);
  const { refusals } = await insertWithinLimits(
    sql,
    orgId,
    limits,
    created.map((memory) => ({ ...memory, ...retired.get(memory.id), job_id })),
  );
  // All of a conversation or nothing: what supersedes must not go missing.
  const refusal = refusals.find((each) => each !== undefined);
  if (refusal !== undefined) throw refusal;
  return {
    created: created.map(({ id, type, text }) => ({ id, type, text })),
    updated: [],
    supersededBy: Object.fromEntries([...retired.values()].map((old) => [old.id, old.superseded_by])),
    // No group exists yet, so none of those that were asked for does.
    ignoredGroupIds: input.group_ids,
  };
}

function newMemoryOf(
  input: IngestInput,
  id: MemoryId,
  claim: Claim,
  supersedes: MemoryId | null,
): NewMemory & MemoryReference {
  return {
    id,
    type: "fact",
    text: claim.text,
    user_id: input.user_id,
    agent_id: input.agent_id ?? null,
    app_id: input.app_id ?? null,
    conversation_id: input.conv_id,
    fact_type: claim.factType,
    slot: claim.slot,
    fingerprint: claim.fingerprint,
    supersedes,
    source_role: claim.sourceRole,
    source_event_ids: claim.sourceEventIds,
  };
}

/** Undoes the transaction of a worker whose job another has taken. */
class LeaseLostError extends Error {}
