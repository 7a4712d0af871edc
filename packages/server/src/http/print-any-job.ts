import type { Job } from "@memlane/core";
import { batchJobCodec, ingestJobCodec } from "@memlane/core/internal";
import * as z from "zod/mini";

/** A job in the words of its own dialect. */
export function printAnyJob(job: Job) {
  return job.kind === "batch" ? z.encode(batchJobCodec, job) : z.encode(ingestJobCodec, job);
}
