import { groupIds, jobIds, uuidV7TimeMs, type IngestResult } from "@memlane/core";
import { learnedOf, type ingestRequestWire } from "@memlane/core/internal";
import type { Logger } from "pino";
import type * as z from "zod/mini";
import type { RecordAudit } from "../audit/audit-log.ts";
import type { LimitsOf } from "../cached-rows/cached-limits.ts";
import type { Database, Sql } from "../database/database.ts";
import { insertAllWithinLimits } from "../memories/insert-within-limits.ts";
import { runPipeline } from "../pipeline/pipeline.ts";
import type { WireMessage } from "../pipeline/normalise/normalise-messages.ts";
import type { Decision } from "../pipeline/reconcile/reconcile.ts";
import type { StageTimer } from "../pipeline/stage-timer.ts";
import type { TextStages } from "../pipeline/text-stages.ts";
import { succeedIngest } from "../jobs/end-job.ts";
import { readActiveGroups } from "../store/groups.ts";
import type { ClaimedJob } from "../store/leased-jobs.ts";
import type { StoredJob } from "../store/job-row.ts";
import { auditLearned } from "./audit-learned.ts";
import { LeaseLostError } from "./lease-lost-error.ts";

/** The request of an ingest job as it is stored. */
export type IngestInput = Omit<z.output<typeof ingestRequestWire>, "messages"> &
  Pick<IngestResult, "redactions"> & { readonly messages: readonly WireMessage[] };

/** An ingest job to run, with everything that it needs. */
export interface IngestRun {
  readonly database: Database;
  readonly textStages: TextStages;
  readonly job: ClaimedJob;
  readonly input: IngestInput;
  readonly limitsOf: LimitsOf;
  /** Whether the messages are kept as an episode. */
  readonly keepsSources: boolean;
  readonly audit: RecordAudit;
  /** Gets the decision on each statement, at level debug. */
  readonly log: Logger;
  readonly signal: AbortSignal;
  readonly timer: StageTimer;
}

/**
 * Runs an ingest job. The memories, the episode and the job's end commit in one transaction. Resolves with the ended job, or
 * with undefined if `signal` aborts or another worker took the job.
 */
export async function runIngest({
  database,
  textStages,
  job,
  input,
  limitsOf,
  keepsSources,
  audit,
  log,
  signal,
  timer,
}: IngestRun): Promise<StoredJob | undefined> {
  try {
    const limits = await limitsOf(job.orgId);
    const { groups, ignored } = await findGroups(database, job.orgId, input.group_ids);
    const counts = { created: 0, ended: 0 };
    const stored = await runPipeline({
      conversation: {
        messages: input.messages,
        timestampFormat: input.timestamp_format ?? null,
        userId: input.user_id,
        isAgentic: input.agentic,
        arrivedAt: new Date(uuidV7TimeMs(job.id) ?? Date.now()),
        hasArtifacts: input.extract_artifacts,
        groups,
      },
      owner: {
        orgId: job.orgId,
        jobId: job.id,
        userId: input.user_id,
        agentId: input.agent_id ?? null,
        appId: input.app_id ?? null,
        conversationId: input.conv_id,
        namespace: input.namespace ?? null,
      },
      textStages,
      database,
      insertMemories: (sql, memories) => insertAllWithinLimits(sql, { orgId: job.orgId, limits, memories }),
      keepsMessages: keepsSources,
      async end(sql, { decisions, ...outcome }) {
        const result = { ...outcome, ignoredGroupIds: ignored, redactions: input.redactions };
        const ended = await succeedIngest(sql, job, result, timer.stages());
        if (ended === undefined) throw new LeaseLostError();
        logDecisions(decisions, job, log);
        counts.created = learnedOf(outcome.created).length;
        counts.ended = Object.keys(outcome.supersededBy).length;
        return ended;
      },
      signal,
      timer,
    });
    const about = { orgId: job.orgId, userId: input.user_id, targetId: jobIds.print(job.id) };
    auditLearned(audit, about, counts);
    return stored;
  } catch (error) {
    if (signal.aborted || error instanceof LeaseLostError) return undefined;
    throw error;
  }
}

/** The requested groups that are active, and the ids of the others as they were sent. */
async function findGroups(sql: Sql, orgId: string, sent: readonly string[]) {
  const active = await readActiveGroups(
    sql,
    orgId,
    sent.flatMap((text) => groupIds.parse(text) ?? []),
  );
  const known = new Set<string | undefined>(active.map(({ id }) => id));
  const ignored = sent.filter((text) => !known.has(groupIds.parse(text)));
  return { groups: active.map(({ id, prompt }) => ({ id, prompt })), ignored: [...new Set(ignored)] };
}

/** Logs for each statement why its memory was stored or not, without any words of a message. */
function logDecisions(decisions: readonly Decision[], job: ClaimedJob, log: Logger): void {
  for (const { type, statement, ...more } of decisions) {
    const { why: _, ...ids } = { why: undefined, ...more }; // the reason may contain words of the text
    const { factType, sourceIndexes: messages } = statement;
    log.debug(
      { job: jobIds.print(job.id), decision: type, ...ids, fact_type: factType, messages },
      "decided on a statement",
    );
  }
}
