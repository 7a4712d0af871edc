import type { BatchJobWire } from "../batch/job.ts";
import { MemlaneError } from "../errors/memlane-error.ts";
import type { IngestJobWire } from "../ingest/job.ts";

/** The time to wait for a job was over. The job goes on, and can be waited for again by its id. */
export interface JobTimeout extends MemlaneError {
  readonly code: "timeout";
  readonly jobId: string;
  /** The job as it was last seen; undefined when it was never read. */
  readonly lastJob: IngestJobWire | BatchJobWire | undefined;
}

/** Whether a caught value says that a job did not end in time. */
export function isJobTimeout(error: unknown): error is JobTimeout {
  return MemlaneError.is(error) && error.code === "timeout" && error.jobId !== undefined;
}
