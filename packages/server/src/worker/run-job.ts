import type { BatchItem, MemoryId } from "@memlane/core";
import type { Logger } from "pino";
import type { Database } from "../database/database.ts";
import { newId } from "../base/new-id.ts";
import type { Pipeline } from "../pipeline/pipeline.ts";
import type { LimitsOf } from "../cached-rows/cached-limits.ts";
import type { JobSignals } from "../jobs/job-signals.ts";
import { runBatch } from "./run-batch.ts";
import { runIngest, type IngestInput } from "./run-ingest.ts";
import type { RunJob } from "./worker.ts";

/** Makes the function that runs a job of any kind. */
export function createRunJob(
  database: Database,
  signals: JobSignals,
  pipeline: Pipeline,
  limitsOf: LimitsOf,
  log: Logger,
): RunJob {
  const newMemoryId = () => newId() as MemoryId;
  // The route that stored the request has checked it.
  return (job, signal) =>
    job.kind === "batch"
      ? runBatch(
          database,
          job,
          job.request as BatchItem[],
          newMemoryId,
          limitsOf,
          () => signals.announceChanged(job.id),
          signal,
        )
      : runIngest({
          database,
          pipeline,
          job,
          input: job.request as IngestInput,
          limitsOf,
          log,
          signal,
        });
}
