import { learnedOf, viewJob, type JobView } from "@memlane/core/internal";
import type { DialectName, JobWires } from "./dialects.ts";
import type { JobSnapshot } from "./job-snapshot.ts";

/** A snapshot of a job of any dialect. */
export type AnyJobSnapshot = JobSnapshot<JobWires[DialectName]>;

/** The job of a snapshot, in the same words for every dialect; undefined if it has not been read. */
export function viewOf(snapshot: AnyJobSnapshot): JobView | undefined {
  return snapshot.phase === "waiting" || !snapshot.job ? undefined : viewJob(snapshot.job);
}

/** A snapshot in one English sentence, such as `250 of 500`. */
export function describeJob(snapshot: AnyJobSnapshot): string {
  if (snapshot.phase === "failed") return `Connection lost: ${snapshot.error.message}`;
  const job = viewOf(snapshot);
  if (!job) return "Waiting";
  if (job.state === "queued") return "Waiting for its turn";
  if (snapshot.phase === "progress")
    return job.kind === "batch" ? `${job.imported + job.failed} of ${job.received}` : "Working";
  if (job.state === "failed") return `Failed: ${job.failure?.message ?? "the server does not say why"}`;
  if (job.kind === "batch") return `Done: ${job.imported} imported${job.failed ? `, ${job.failed} not` : ""}`;
  const count = learnedOf(job.result?.memories_created).length;
  return `Done: ${count} new ${count === 1 ? "memory" : "memories"}`;
}
