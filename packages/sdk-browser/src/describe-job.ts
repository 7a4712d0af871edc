import { learnedOf, type JobView } from "@memlane/core/internal";
import { dialects, type DialectName, type JobWires } from "./dialects.ts";
import type { JobSnapshot } from "./job-snapshot.ts";

/** A snapshot of a job of any dialect. */
export type AnyJobSnapshot = JobSnapshot<JobWires[DialectName]>;

/** The job of a snapshot, in the same words for every dialect; undefined if it has not been read. */
export function viewOf(snapshot: AnyJobSnapshot): JobView | undefined {
  if (!("job" in snapshot) || snapshot.job === undefined) return undefined;
  for (const { viewJob } of Object.values(dialects)) {
    const view = viewJob(snapshot.job);
    if (view !== undefined) return view;
  }
  return undefined;
}

/** How many of a job's items are done, and how many there are; undefined for a job without such counts. */
export function countsOf(
  job: JobView | undefined,
): { readonly done: number; readonly all: number } | undefined {
  if (job?.kind !== "batch") return undefined;
  return { done: job.imported + job.failed, all: job.received };
}

/** A snapshot in one English sentence, such as `250 of 500`. */
export function describeJob(snapshot: AnyJobSnapshot): string {
  if (snapshot.phase === "failed") return `Connection lost: ${snapshot.error.message}`;
  const job = viewOf(snapshot);
  if (job === undefined) return "Waiting";
  if (snapshot.phase === "progress") {
    if (job.state === "queued") return "Waiting for its turn";
    const counts = countsOf(job);
    return counts === undefined ? "Working" : `${counts.done} of ${counts.all}`;
  }
  if (job.state === "failed") return `Failed: ${job.failure?.message ?? "the server does not say why"}`;
  if (job.kind === "batch")
    return job.failed > 0
      ? `Done: ${job.imported} imported, ${job.failed} not`
      : `Done: ${job.imported} imported`;
  const count = learnedOf(job.result?.memories_created).length;
  return count === 1 ? "Done: 1 new memory" : `Done: ${count} new memories`;
}
