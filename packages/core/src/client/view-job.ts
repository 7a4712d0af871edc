// How programs show the jobs of every dialect. It uses no schema, because a page must be small.
import { viewBatchJob } from "../batch/job-view.ts";
import { viewIngestJob } from "../ingest/job-view.ts";
import type { JobView } from "../job/job-view.ts";
import type { AnyJobWire } from "./dialects.ts";

/** A job of any dialect as programs show it. A third dialect adds a line, with a field that only its jobs have. */
export function viewJob(job: AnyJobWire): JobView<"ingest" | "batch"> {
  if ("received" in job) return viewBatchJob(job);
  return viewIngestJob(job);
}
