import type { MemoryId } from "@memlane/core";
import type { Logger } from "pino";
import type { Database } from "../database/database.ts";
import { newId } from "../base/new-id.ts";
import type { TextStages } from "../pipeline/text-stages.ts";
import type { RecordAudit } from "../audit/audit-log.ts";
import type { LimitsOf } from "../cached-rows/cached-limits.ts";
import type { StoredItem } from "../memories/new-memory-of-item.ts";
import type { JobSignals } from "../jobs/job-signals.ts";
import { runBatch } from "./run-batch.ts";
import { runIngest, type IngestInput } from "./run-ingest.ts";
import type { RunJob } from "./leased-run.ts";

/** What running a job needs. */
export interface JobTools {
  readonly database: Database;
  readonly signals: JobSignals;
  readonly textStages: TextStages;
  readonly limitsOf: LimitsOf;
  /** Whether the messages of conversations are kept as episodes. @default true */
  readonly keepsSources?: boolean;
  readonly audit: RecordAudit;
  readonly log: Logger;
}

/** Makes the function that runs a job of any kind. */
export function createRunJob({
  database,
  signals,
  textStages,
  limitsOf,
  keepsSources = true,
  audit,
  log,
}: JobTools): RunJob {
  const newMemoryId = () => newId() as MemoryId;
  // The route that stored the job has validated its request.
  return (job, signal, timer) =>
    job.kind === "batch"
      ? runBatch({
          database,
          job,
          items: job.request as StoredItem[],
          newMemoryId,
          limitsOf,
          onProgress: () => signals.announceChanged(job.id),
          signal,
        })
      : runIngest({
          database,
          textStages,
          job,
          input: job.request as IngestInput,
          limitsOf,
          keepsSources,
          audit,
          log,
          signal,
          timer,
        });
}
