import type { Job, MemlaneError } from "@memlane/core";
import type { JobUsage } from "../store/job-usage.ts";
import type { Limits } from "../store/limits.ts";
import { agentCapReached, quotaReached, tooManyBatches, writesPaused } from "./refusals.ts";

/** The parts of a job that the limits depend on. */
interface JudgedJob {
  readonly kind: Job["kind"];
  /** The number of items of a batch. */
  readonly received: number;
  /**
   * The agent of a conversation. The agents of a batch are checked item by item, when the items are
   * stored.
   */
  readonly agentId?: string | null | undefined;
}

/** The time and the estimates that a refusal contains. */
export interface JudgeContext {
  readonly nowMs: number;
  /** How long a new job of this kind takes, in milliseconds. */
  readonly waitMs: (kind: Job["kind"]) => number;
}

/**
 * Checks jobs against the limits one by one. Each admitted job counts for the jobs after it. Returns
 * for each job the error if it is refused, or else undefined.
 */
export function judgeJobs(
  limits: Limits,
  usage: JobUsage,
  jobs: readonly JudgedJob[],
  { nowMs, waitMs }: JudgeContext,
): (MemlaneError | undefined)[] {
  const { agents, knownAgents } = usage;
  let { unfinishedJobs, unfinishedBatches } = usage;
  let writes = usage.writes + usage.promisedWrites;
  return jobs.map(({ kind, received, agentId }) => {
    const isBatch = kind === "batch";
    if (limits.unfinishedJobs !== null && unfinishedJobs >= limits.unfinishedJobs)
      return writesPaused(limits.unfinishedJobs, waitMs(kind));
    if (isBatch && limits.unfinishedBatches !== null && unfinishedBatches >= limits.unfinishedBatches)
      return tooManyBatches(limits.unfinishedBatches);
    // The number of memories of a conversation is unknown: require room for one.
    const needed = isBatch ? received : 1;
    if (limits.writesPerMonth !== null && writes + needed > limits.writesPerMonth)
      return quotaReached(limits.writesPerMonth, writes, nowMs);
    if (limits.agents !== null && agentId && !knownAgents.has(agentId) && agents >= limits.agents)
      return agentCapReached(limits.agents);
    unfinishedJobs += 1;
    unfinishedBatches += isBatch ? 1 : 0;
    writes += received;
    return undefined;
  });
}
