import type { DialectName, JobWires } from "./dialects.ts";
import type { JobSnapshot } from "./job-snapshot.ts";

/** A snapshot of a job of any dialect. */
export type AnyJobSnapshot = JobSnapshot<JobWires[DialectName]>;

/** How many of a batch's items are done, and how many there are; undefined for an ingest job. */
export function countsOf(
  snapshot: AnyJobSnapshot,
): { readonly done: number; readonly all: number } | undefined {
  const job = "job" in snapshot ? snapshot.job : undefined;
  if (job === undefined || !("received" in job)) return undefined;
  return { done: job.imported + job.failed, all: job.received };
}

/** A snapshot in one English sentence, such as `250 of 500`. */
export function describeJob(snapshot: AnyJobSnapshot): string {
  if (snapshot.phase === "failed") return `Connection lost: ${snapshot.error.message}`;
  if (snapshot.phase === "waiting") return "Waiting";
  const { phase, job } = snapshot;
  const counts = countsOf(snapshot);
  if (phase === "progress") {
    if (job.status === "pending") return "Waiting for its turn";
    return counts === undefined ? "Working" : `${counts.done} of ${counts.all}`;
  }
  if (job.status === "failed") return `Failed: ${job.error?.message ?? "the server does not say why"}`;
  if ("received" in job)
    return job.failed === 0
      ? `Done: ${job.imported} imported`
      : `Done: ${job.imported} imported, ${job.failed} not`;
  const count = job.result?.memories_created.length ?? 0;
  return count === 1 ? "Done: 1 new memory" : `Done: ${count} new memories`;
}
