import type { SelectableState } from "@memlane/core";
import type { JobView } from "@memlane/core/internal";

/** The states by which jobs are shown and selected, in the order in which a job passes them. */
export const jobStates = [
  "queued",
  "active",
  "retrying",
  "failed",
  "succeeded",
] as const satisfies SelectableState[];

/** The states of a job that has not ended. */
export const unfinishedStates = ["queued", "active", "retrying"] as const satisfies SelectableState[];

/** The state of a job. An unknown state is returned as the server sent it. */
export function stateOf(job: JobView): SelectableState | (string & {}) {
  return job.next_attempt_at === undefined ? (job.state ?? job.status) : "retrying";
}

/** Whether a job in this state has ended. */
export const isEnded = (state: string) => state === "failed" || state === "succeeded";
