import { MemlaneError } from "../errors/memlane-error.ts";
import type { AnyJobWire } from "./dialects.ts";

/** The job did not end in time. It continues, and its id can be waited for again. */
export interface JobTimeout extends MemlaneError {
  readonly code: "timeout";
  readonly jobId: string;
  /** The job as last read; undefined if it was never read. */
  readonly lastJob: AnyJobWire | undefined;
}

/**
 * Whether a caught value means that a job did not end in time.
 *
 * @example
 * import { isJobTimeout } from "@memlane/core";
 *
 * try {
 *   await client.jobs.pollUntilDone(job.id, { timeoutMs: 1000 });
 * } catch (error) {
 *   if (!isJobTimeout(error)) throw error;
 *   console.log(error.jobId, error.lastJob?.status);
 * }
 */
export function isJobTimeout(error: unknown): error is JobTimeout {
  return MemlaneError.is(error) && error.code === "timeout" && error.jobId !== undefined;
}
