import type { IngestJobView } from "../job/job-view.ts";
import type { IngestJobWire } from "./job.ts";
import { ingestStatuses } from "./status.ts";

/** A job of the ingest dialect, as programs show it; undefined if the job is of another dialect. */
export function viewIngestJob(job: object): IngestJobView | undefined {
  if (!isIngestJob(job)) return undefined;
  const { error, ...fields } = job;
  const failure = error ? { ...error, code: error.reason ?? error.code } : undefined;
  return { ...fields, kind: "ingest", state: ingestStatuses.nameOf(job.status), failure };
}

const isIngestJob = (job: object): job is IngestJobWire => "object" in job && job.object === "ingest_job";
