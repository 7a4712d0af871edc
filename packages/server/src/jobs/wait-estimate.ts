import { uuidV7TimeMs, type Job } from "@memlane/core";
import { expectedDelayMs } from "@memlane/core/internal";
import type { Sql } from "../database/database.ts";
import { readRecentDurations, type RecentDurations } from "../store/recent-durations.ts";

/** How long to wait before a job that goes on is worth another look, in whole seconds; 0 is "soon". */
export type WaitEstimate = (job: Pick<Job, "id" | "kind">) => number;

const freshMs = 1000;
const longestSeconds = 30;

/**
 * Estimates from how long jobs of the kind took of late, as a client does from its own waits. Where too few are known, or none
 * took as long as this one, half its age is waited again, so that the looks at a long job grow rare.
 */
export function createWaitEstimate(sql: Sql, now: () => number = Date.now): WaitEstimate {
  let durations: RecentDurations = {};
  let readAtMs = -Infinity;
  return ({ id, kind }) => {
    if (now() - readAtMs > freshMs) {
      readAtMs = now();
      // Nobody waits for it: the next answer profits. Without the database there is no next answer.
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
