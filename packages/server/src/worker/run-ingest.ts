import { jobIds, type IngestResult, type Job, type MemoryId, type MemoryReference } from "@memlane/core";
import type { ingestRequestWire } from "@memlane/core/internal";
import type { Logger } from "pino";
import type * as z from "zod/mini";
import type { Database, Sql } from "../database/database.ts";
import type { Claim } from "../pipeline/claim.ts";
import { reportMessages } from "../pipeline/message-reports.ts";
import type { Pipeline } from "../pipeline/pipeline.ts";
import type { Decision } from "../pipeline/reconcile.ts";
import { succeedIngest, type ClaimedJob } from "../store/held-jobs.ts";
import { insertWithinLimits } from "../memories/insert-within-limits.ts";
import type { LimitsOf } from "../cached-rows/cached-limits.ts";
import type { Limits } from "../store/limits.ts";
import {
  lockActiveFacts,
  readActiveFacts,
  retireMemories,
  type ActiveFact,
  type NewMemory,
  type Retirement,
} from "../store/memories.ts";
import { createStageTimer } from "./stage-timer.ts";

/** What a conversation arrives as. */
export type IngestInput = z.output<typeof ingestRequestWire> & Pick<IngestResult, "redactions">;

/** A conversation to turn into memories, and what that takes. */
export interface IngestRun {
  readonly database: Database;
  readonly pipeline: Pipeline;
  readonly job: ClaimedJob;
  readonly input: IngestInput;
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
  pipeline,
  job,
  input,
  limitsOf,
  log,
  signal,
}: IngestRun): Promise<Job | undefined> {
  const timer = createStageTimer();
  const { messages, timestamp_format: timestampFormat = null, user_id: userId } = input;
  try {
    const reading = await pipeline.read({ messages, timestampFormat }, { signal });
    timer.record(reading.stages);
    const { claims, reach, by, failed } = reading;
    const limits = await limitsOf(job.orgId);

    /** Writes the memories and the job's end. Undefined if the user's facts have changed since the decisions. */
    const remember = async (sql: Sql, active: readonly ActiveFact[], decisions: readonly Decision[]) => {
      const result = await timer.stage("persist", async () =>
        decisions.length === 0 || (await lockActiveFacts(sql, job.orgId, userId, reach, active))
          ? persist(sql, job, limits, input, decisions)
          : undefined,
      );
      if (result === undefined) return undefined;
      const ended = await succeedIngest(sql, job, {
        ...result,
        stageTimings: timer.seconds(),
        extractor: by,
        messages: reportMessages(messages, decisions, failed),
        redactions: input.redactions,
      });
      if (ended === undefined) throw new LeaseLostError();
      explain(decisions, job, log);
      return ended;
    };
    // With nothing to remember the job's end is all there is to write: one statement, a transaction by itself.
    if (claims.length === 0) return await remember(database, [], []);
    for (;;) {
      const active = await timer.stage("match", () => readActiveFacts(database, job.orgId, userId, reach));
      const { decisions, stages } = await pipeline.reconcile(claims, active, { signal });
      timer.record(stages);
      // Each further round means that another job of the user has ended, so the loop ends.
      const ended = await database.transaction((sql) => remember(sql, active, decisions));
      if (ended !== undefined) return ended;
      signal.throwIfAborted();
    }
  } catch (error) {
    if (signal.aborted || error instanceof LeaseLostError) return undefined;
    throw error;
  }
}

/** Logs for each claim (debug) why its memory was stored or not, without any words of a message. */
function explain(decisions: readonly Decision[], job: ClaimedJob, log: Logger): void {
  for (const { type, claim, ...more } of decisions) {
    const { why: _, ...ids } = { why: undefined, ...more }; // the reason may name a thing from the text
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
