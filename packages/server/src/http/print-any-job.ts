import { batchJobCodec, ingestJobCodec, type Job } from "@memlane/core";
import * as z from "zod/mini";

/** A job in the words of its own dialect. */
export function printAnyJob(job: Job) {
  return job.kind === "batch" ? z.encode(batchJobCodec, job) : z.encode(ingestJobCodec, job);
}
