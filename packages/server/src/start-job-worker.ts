import type { Logger } from "pino";
import type { Database } from "./database/database.ts";
import type { Embedder } from "./embedding/embedder.ts";
import { startEmbedding } from "./embedding/embed-memories.ts";
import type { Settings } from "./settings/read-environment.ts";
import { startPipelineThreads } from "./pipeline-threads/start-threads.ts";
import type { LimitsOf } from "./cached-rows/cached-limits.ts";
import type { JobSignals } from "./jobs/job-signals.ts";
import { createRunJob } from "./worker/run-job.ts";
import { startWebhookSender } from "./webhooks/webhook-sender.ts";
import { startWatchdog } from "./worker/watchdog.ts";
import { startWorker, type ObserveJobs, type Worker } from "./worker/worker.ts";

/** Starts the part of a server that does the jobs, of both kinds, tells webhooks how they ended, and embeds memories. */
export function startJobWorker(
  database: Database,
  signals: JobSignals,
  limitsOf: LimitsOf,
  settings: Settings,
  log: Logger,
  embedder: Embedder | undefined,
  observe?: ObserveJobs,
): Worker {
  const pipeline = startPipelineThreads(settings, log);
  const runJob = createRunJob(database, signals, pipeline, limitsOf, log);
  const worker = startWorker(database, signals, runJob, log, {
    ...(settings.workerConcurrency !== undefined && { concurrency: settings.workerConcurrency }),
    ...(settings.leaseMs !== undefined && { leaseMs: settings.leaseMs }),
    ...(settings.jobTimeoutMs !== undefined && { attemptMs: settings.jobTimeoutMs }),
    ...(settings.jobAttempts !== undefined && { maximumAttempts: settings.jobAttempts }),
    drainMs: settings.drainMs,
    ...(observe !== undefined && { observe }),
  });
  const watchdog = startWatchdog(Math.max(settings.leaseMs ?? 0, 15_000));
  const embedding = embedder && startEmbedding(database, embedder, log);
  const sender = startWebhookSender(database, log, settings.webhooks);
  return {
    async stop() {
      await Promise.all([worker.stop(), sender.stop(), embedding?.stop()]);
      await Promise.all([pipeline.close(), watchdog.stop()]);
    },
  };
}
