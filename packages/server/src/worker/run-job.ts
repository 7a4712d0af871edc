import type { BatchItem, MemoryId } from "@memlane/core";
import type { Logger } from "pino";
import type { Database } from "../database/database.ts";
import { newId } from "../base/new-id.ts";
import type { TextStages } from "../pipeline/text-stages.ts";
import type { LimitsOf } from "../cached-rows/cached-limits.ts";
import type { JobSignals } from "../jobs/job-signals.ts";
import { runBatch } from "./run-batch.ts";
import { runIngest, type IngestInput } from "./run-ingest.ts";
import type { RunJob } from "./worker.ts";

/** How a worker does a job of either kind. */
export function createRunJob(
  database: Database,
  signals: JobSignals,
  pipeline: TextStages,
  limitsOf: LimitsOf,
  log: Logger,
): RunJob {
  const newMemoryId = () => newId() as MemoryId;
  // What a job holds was checked by the route that stored it.
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
