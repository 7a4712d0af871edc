// Cancels and retries all jobs that a filter selects, some at a time.
import { MemlaneError, type JobId } from "@memlane/core";
import type { Sql } from "../database/database.ts";
import type { JobFilter } from "../store/job-filter.ts";
import { countJobs, listJobIds, type JobAction } from "../store/jobs-by-filter.ts";

/** How many jobs one request changes at most, and for how long. */
const mostChanged = 1000;
const longestMs = 5000;

/** How many jobs were changed. */
export interface JobChange {
  /** How many could be changed when the request began. */
  readonly matched: number;
  readonly changed: number;
  /** How many of them were not reached; a further request changes these. */
  readonly left: number;
}

/** The jobs to change, and the change. */
export interface JobChangeRequest {
  readonly action: JobAction;
  readonly filter: JobFilter;
  /** Whether to count the jobs and change none. */
  readonly isDryRun: boolean;
  /** How many jobs to change at a time. */
  readonly chunk: number;
  /** Changes these jobs. Returns how many it has changed; others had changed meanwhile. */
  readonly change: (ids: readonly JobId[]) => Promise<number>;
}

/**
 * Changes the oldest jobs of a filter. If a limit refuses some after others were changed, it stops there.
 *
 * @throws MemlaneError if a limit refuses the first ones
 */
export async function changeJobs(
  sql: Sql,
  orgId: string,
  { action, filter, isDryRun, chunk, change }: JobChangeRequest,
): Promise<JobChange> {
  const matched = await countJobs(sql, orgId, { action, filter });
  if (isDryRun || matched === 0) return { matched, changed: 0, left: matched };
  const ids = await listJobIds(sql, orgId, { action, filter, limit: mostChanged });
  const untilMs = performance.now() + longestMs;
  let [reached, changed] = [0, 0];
  while (reached < ids.length && performance.now() < untilMs) {
    const some = ids.slice(reached, reached + chunk);
    try {
      changed += await change(some);
    } catch (error) {
      if (changed > 0 && MemlaneError.is(error)) break;
      throw error;
    }
    reached += some.length;
  }
  return { matched, changed, left: Math.max(0, matched - reached) };
}
