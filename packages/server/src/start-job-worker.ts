import type { BatchItem, MemoryId } from "@memlane/core";
import type { Logger } from "pino";
import type { Database } from "./database/database.ts";
import type { Settings } from "./environment.ts";
import { newId } from "./new-id.ts";
import { createOfflineExtractor } from "./pipeline/offline/offline-extractor.ts";
import type { JobSignals } from "./worker/job-signals.ts";
import { runBatch } from "./worker/run-batch.ts";
import { runIngest, type IngestInput } from "./worker/run-ingest.ts";
import { startWebhookSender } from "./webhooks/webhook-sender.ts";
import { startWorker, type ObserveJobs, type RunJob, type Worker } from "./worker/worker.ts";

/** Starts the part of a server that does the jobs, of both kinds, and tells webhooks how they ended. */
export function startJobWorker(
  database: Database,
  signals: JobSignals,
  settings: Settings,
  log: Logger,
  observe?: ObserveJobs,
): Worker {
  const extractor = createOfflineExtractor();
  const newMemoryId = () => newId() as MemoryId;
  // What a job holds was checked by the route that stored it.
  const runJob: RunJob = (job, signal) =>
    job.kind === "batch"
      ? runBatch(
          database,
          job,
          job.request as BatchItem[],
          newMemoryId,
          () => signals.announceChanged(job.id),
          signal,
        )
      : runIngest(database, extractor, job, job.request as IngestInput, newMemoryId, signal);
  const worker = startWorker(database, signals, runJob, log, {
    ...(settings.workerConcurrency !== undefined && { concurrency: settings.workerConcurrency }),
    ...(settings.leaseMs !== undefined && { leaseMs: settings.leaseMs }),
    ...(observe !== undefined && { observe }),
  });
  const sender = startWebhookSender(database, log, settings.webhooks);
  return {
    async stop() {
      await Promise.all([worker.stop(), sender.stop()]);
    },
  };
}
