import { uuidV7TimeMs, type Job } from "@memlane/core";
import type { Sql } from "../database/database.ts";
import { readQueuePace, type QueuePace } from "../store/queue-pace.ts";

/** How long to wait before a job that goes on is worth another look, in whole seconds; 0 is "soon". */
export type WaitEstimate = (job: Pick<Job, "id" | "kind">) => number;

const freshMs = 1000;
const longestSeconds = 30;

/**
 * Estimates from how long recent jobs of the kind took and how many stand in line. A job that is older than what was
 * expected of it is expected to take half its age again, so that the looks at a long job grow rare.
 */
export function createWaitEstimate(sql: Sql, now: () => number = Date.now): WaitEstimate {
  let pace: QueuePace = {};
  let readAtMs = -Infinity;
  return ({ id, kind }) => {
    if (now() - readAtMs > freshMs) {
      readAtMs = now();
      // Nobody waits for it: the next answer profits. Without the database there is no next answer.
      readQueuePace(sql).then(
        (read) => (pace = read),
        () => {},
      );
    }
    const ageMs = now() - (uuidV7TimeMs(id) ?? now());
    const remainingMs = Math.max((pace[kind] ?? 0) - ageMs, ageMs / 2);
    return Math.min(longestSeconds, Math.round(remainingMs / 1000));
  };
}
