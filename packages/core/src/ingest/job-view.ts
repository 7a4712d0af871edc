import type { IngestJobView } from "../job/job-view.ts";
import type { IngestJobWire } from "./job.ts";
import { ingestStatuses } from "./status.ts";

/** A job of the ingest dialect, as programs show it. */
export const viewIngestJob = (job: IngestJobWire): IngestJobView<"ingest"> => ({
  ...job,
  dialect: "ingest",
  kind: "ingest",
  state: ingestStatuses.nameOf(job.status),
  failure: job.error ? { ...job.error, code: job.error.reason ?? job.error.code } : undefined,
});
