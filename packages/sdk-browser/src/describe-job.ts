import type { BatchJobWire, IngestJobWire } from "@memlane/core";
import { learnedOf } from "@memlane/core/internal";
import type { DialectName, JobWires } from "./dialects.ts";
import type { JobSnapshot } from "./job-snapshot.ts";

/** A snapshot of a job of any dialect. */
export type AnyJobSnapshot = JobSnapshot<JobWires[DialectName]>;

/** The fields that a description uses if the job's dialect has them. */
interface DescribedJob
  extends
    Partial<Pick<BatchJobWire, "received" | "imported" | "failed">>,
    Partial<Pick<IngestJobWire, "result">> {
  readonly status: string;
  readonly error?: { readonly message: string } | null | undefined;
}

/** How many of a batch's items are done, and how many there are; undefined for a job without such counts. */
export function countsOf(
  snapshot: AnyJobSnapshot,
): { readonly done: number; readonly all: number } | undefined {
  const job: DescribedJob | undefined = "job" in snapshot ? snapshot.job : undefined;
  if (job?.received === undefined) return undefined;
  const { received, imported = 0, failed = 0 } = job;
  return { done: imported + failed, all: received };
}

/** A snapshot in one English sentence, such as `250 of 500`. */
export function describeJob(snapshot: AnyJobSnapshot): string {
  if (snapshot.phase === "failed") return `Connection lost: ${snapshot.error.message}`;
  if (snapshot.phase === "waiting") return "Waiting";
  const job: DescribedJob = snapshot.job;
  if (snapshot.phase === "progress") {
    if (job.status === "pending") return "Waiting for its turn";
    const counts = countsOf(snapshot);
    return counts === undefined ? "Working" : `${counts.done} of ${counts.all}`;
  }
  if (job.status === "failed") return `Failed: ${job.error?.message ?? "the server does not say why"}`;
  if (job.imported !== undefined)
    return job.failed
      ? `Done: ${job.imported} imported, ${job.failed} not`
      : `Done: ${job.imported} imported`;
  if (job.result === undefined) return "Done";
  const count = learnedOf(job.result?.memories_created).length;
  return count === 1 ? "Done: 1 new memory" : `Done: ${count} new memories`;
}
