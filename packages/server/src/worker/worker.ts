import type { Job, MemoryId } from "@memlane/core";
import type { Logger } from "pino";
import type { Database } from "../database/database.ts";
import type { ClaimedJob } from "../store/held-jobs.ts";
import { startJobLoop } from "./job-loop.ts";
import type { JobSignals } from "../jobs/job-signals.ts";
import { createOneAtATime } from "./one-at-a-time.ts";
import { startMaintenance } from "./maintenance.ts";

/** Makes the id of a new memory. */
export type NewMemoryId = () => MemoryId;

/**
 * Runs a job, or a part of it. Resolves with the job when it has ended, and rejects if this attempt failed. It should stop when
 * `signal` aborts. If it does not, the worker no longer waits for it, and it can write nothing.
 */
export type RunJob = (job: ClaimedJob, signal: AbortSignal) => Promise<Job | undefined>;

/** Called when the state of a job of this worker changes. */
export interface ObserveJobs {
  readonly claimed: (job: ClaimedJob) => void;
  readonly ended: (job: ClaimedJob, state: "succeeded" | "failed") => void;
  /** An attempt failed, and another one follows. */
  readonly retried: (job: ClaimedJob) => void;
}

/** The settings of a worker. */
export interface WorkerOptions {
  /** Jobs at a time. @default 4 */
  readonly concurrency?: number;
  /** How long a lease lasts if it is not renewed, in milliseconds. @default 15_000 */
  readonly leaseMs?: number;
  /** A job fails after this many counted attempts. @default 5 */
  readonly maximumAttempts?: number;
  /** How long one attempt may take, in milliseconds. @default 120_000 */
  readonly attemptMs?: number;
  /** How long `stop` waits for a job's next safe point, in milliseconds. @default 8000 */
  readonly drainMs?: number;
  readonly observe?: ObserveJobs;
}

/** A running worker. */
export interface Worker {
  /** Claims no more jobs. Gives each running job back at its next safe point, or after `drainMs`. Resolves when none runs. */
  readonly stop: () => Promise<void>;
}

/** Starts to claim jobs and to run them. */
export function startWorker(
  database: Database,
  signals: JobSignals,
  runJob: RunJob,
  log: Logger,
  options: WorkerOptions = {},
): Worker {
  const { concurrency = 4, leaseMs = 15_000, maximumAttempts = 5 } = options;
  const { attemptMs = 120_000, drainMs = 8000, observe } = options;
  const maintenance = startMaintenance(database, log, leaseMs);
  const jobs = startJobLoop(
    {
      database,
      signals,
      runJob,
      log,
      leaseMs,
      attemptMs,
      maximumAttempts,
      observe,
      runLarge: createOneAtATime(),
    },
    { concurrency, drainMs, onClaimed: maintenance.countClaimed },
  );
  return {
    async stop() {
      await Promise.all([jobs.stop(), maintenance.stop()]);
    },
  };
}
