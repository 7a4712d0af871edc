import type { BatchJobView } from "../job/job-view.ts";
import type { BatchJobWire } from "./job.ts";
import { batchStatuses } from "./status.ts";

/** Whether a job that a client has read is of the batch dialect. */
export const isBatchJob = (job: object): job is BatchJobWire => "received" in job;

/** A job of the batch dialect, as programs show it. */
export const viewBatchJob = (job: BatchJobWire): BatchJobView<"batch"> => ({
  ...job,
  dialect: "batch",
  kind: "batch",
  state: batchStatuses.nameOf(job.status),
  failure: job.error,
});
