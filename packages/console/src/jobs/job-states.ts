import { batchStatuses, ingestStatuses, type AnyJobWire, type SelectableState } from "@memlane/core";

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

/** The state of a job; its own word if this console does not know it. */
export function stateOf(job: AnyJobWire): SelectableState | (string & {}) {
  if (job.next_attempt_at !== undefined) return "retrying";
  return ingestStatuses.nameOf(job.status) ?? batchStatuses.nameOf(job.status) ?? job.status;
}

/** Whether a job in this state has ended. */
export const isEnded = (state: string) => state === "failed" || state === "succeeded";
