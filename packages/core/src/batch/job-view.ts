import type { BatchJobView } from "../job/job-view.ts";
import type { BatchJobWire } from "./job.ts";
import { batchStatuses } from "./status.ts";

/** A job of the batch dialect, as programs show it. */
export const viewBatchJob = (job: BatchJobWire): BatchJobView<"batch"> => ({
  ...job,
  dialect: "batch",
  kind: "batch",
  state: batchStatuses.nameOf(job.status),
  failure: job.error,
});
