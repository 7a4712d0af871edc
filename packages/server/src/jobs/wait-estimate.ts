import { uuidV7TimeMs, type Job } from "@memlane/core";
import { expectedDelayMs } from "@memlane/core/internal";
import type { Sql } from "../database/database.ts";
import { readRecentDurations, type RecentDurations } from "../store/recent-durations.ts";

/** How many whole seconds to wait before reading a job again; 0 means soon. */
export type WaitEstimate = (job: Pick<Job, "id" | "kind">) => number;

const freshMs = 1000;
const longestSeconds = 30;

/**
 * Estimates the wait from the durations of recent jobs of the same kind, like a client does from its
 * own waits. If too few jobs have ended, or none took as long as this one, the estimate is half of
 * the job's age, so a long job is read less and less often.
 */
export function createWaitEstimate(sql: Sql, now: () => number = Date.now): WaitEstimate {
  let durations: RecentDurations = {};
  let readAtMs = -Infinity;
  return ({ id, kind }) => {
    if (now() - readAtMs > freshMs) {
      readAtMs = now();
      // Not awaited: only the next estimate needs it. If it fails, the old durations stay.
      readRecentDurations(sql).then(
        (read) => (durations = read),
        () => {},
      );
    }
    // The id may come from a process whose clock is ahead.
    const ageMs = Math.max(0, now() - (uuidV7TimeMs(id) ?? now()));
    const delayMs = expectedDelayMs(durations[kind] ?? [], ageMs) ?? ageMs / 2;
    return Math.min(longestSeconds, Math.round(delayMs / 1000));
  };
}
