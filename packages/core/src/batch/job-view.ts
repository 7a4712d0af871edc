import type { BatchJobView } from "../job/job-view.ts";
import type { BatchJobWire } from "./job.ts";
import { batchStatuses } from "./status.ts";

/** A job of the batch dialect, as programs show it; undefined if the job is of another dialect. */
export function viewBatchJob(job: object): BatchJobView | undefined {
  if (!isBatchJob(job)) return undefined;
  const { error: failure, ...fields } = job;
  return { ...fields, kind: "batch", state: batchStatuses.nameOf(job.status), failure };
}

const isBatchJob = (job: object): job is BatchJobWire => "received" in job;
