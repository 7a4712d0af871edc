import type { Job, MemlaneError } from "@memlane/core";
import type { JobStanding } from "../store/job-standing.ts";
import type { Limits } from "../store/limits.ts";
import { agentCapReached, quotaReached, tooManyBatches, writesPaused } from "./refusals.ts";

/** What of a job is judged. */
interface JudgedJob {
  readonly kind: Job["kind"];
  /** The items of a batch. */
  readonly received: number;
  /** The agent of a conversation; a batch hears of its items' agents one by one, when they are stored. */
  readonly agentId?: string | null | undefined;
}

/** What the refusals depend on beside the standing. */
export interface JudgeContext {
  readonly nowMs: number;
  /** How long a job of this kind takes at present, in milliseconds. */
  readonly waitMs: (kind: Job["kind"]) => number;
}

/** Judges jobs in turn, each after those that were taken before it: undefined, or why it is refused. */
export function judgeJobs(
  limits: Limits,
  standing: JobStanding,
  jobs: readonly JudgedJob[],
  { nowMs, waitMs }: JudgeContext,
): (MemlaneError | undefined)[] {
  const { agents, knownAgents } = standing;
  let { unfinishedJobs, unfinishedBatches } = standing;
  let writes = standing.writes + standing.promisedWrites;
  return jobs.map(({ kind, received, agentId }) => {
    const isBatch = kind === "batch";
    if (limits.unfinishedJobs !== null && unfinishedJobs >= limits.unfinishedJobs)
      return writesPaused(limits.unfinishedJobs, waitMs(kind));
    if (isBatch && limits.unfinishedBatches !== null && unfinishedBatches >= limits.unfinishedBatches)
      return tooManyBatches(limits.unfinishedBatches);
    // How much a conversation will store nobody knows: there must be room for something.
    const needed = isBatch ? received : 1;
    if (limits.writesPerMonth !== null && writes + needed > limits.writesPerMonth)
      return quotaReached(limits.writesPerMonth, nowMs);
    if (limits.agents !== null && agentId && !knownAgents.has(agentId) && agents >= limits.agents)
      return agentCapReached(limits.agents);
    unfinishedJobs += 1;
    unfinishedBatches += isBatch ? 1 : 0;
    writes += received;
    return undefined;
  });
}
