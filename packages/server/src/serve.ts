// One process that is all of Memlane: database, API and worker.
import type { BatchItem, MemoryId } from "@memlane/core";
import type { Logger } from "pino";
import type { Settings } from "./environment.ts";
import { createApp } from "./http/app.ts";
import { createAnswerJob } from "./http/job-answers.ts";
import { listen } from "./http/listen.ts";
import { createWaitEstimate } from "./http/wait-estimate.ts";
import { bootstrapKeys } from "./keys.ts";
import { newId } from "./new-id.ts";
import { createOfflineExtractor } from "./pipeline/offline/offline-extractor.ts";
import { openStore } from "./store/open-store.ts";
import { openJobSignals } from "./worker/job-signals.ts";
import { runBatch } from "./worker/run-batch.ts";
import { runIngest, type IngestInput } from "./worker/run-ingest.ts";
import { startWorker, type RunJob } from "./worker/worker.ts";

/** A running server. */
export interface RunningServer {
  /** Where it listens. */
  readonly url: string;
  /** Refuses new requests, ends or gives back what runs, and stops everything that it started. */
  readonly close: () => Promise<void>;
}

/** Starts a server; it answers from the moment the promise resolves. */
export async function startServer(settings: Settings, log: Logger): Promise<RunningServer> {
  const { databaseUrl, dataDirectory } = settings;
  const database = await openStore({ databaseUrl, dataDirectory, as: "owner", log });
  try {
    await bootstrapKeys(database, settings.bootstrapKeys);
    const signals = await openJobSignals(database);
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
    const closing = new AbortController();
    const answerJob = createAnswerJob(signals, createWaitEstimate(database), closing.signal);
    const app = createApp({ database, signals, newId, answerJob, closing: closing.signal }, log, {
      ...(settings.maximumBodyBytes !== undefined && { maximumBodyBytes: settings.maximumBodyBytes }),
      corsOrigins: settings.corsOrigins,
    });
    const http = await listen(app.fetch, settings);
    const worker = startWorker(database, signals, runJob, log, {
      ...(settings.workerConcurrency !== undefined && { concurrency: settings.workerConcurrency }),
      ...(settings.leaseMs !== undefined && { leaseMs: settings.leaseMs }),
    });
    log.info({ url: http.url }, "listening");
    return {
      url: http.url,
      async close() {
        closing.abort();
        await Promise.all([http.close(), worker.stop()]);
        await signals.close();
        await database.close();
      },
    };
  } catch (error) {
    await database.close();
    throw error;
  }
}
