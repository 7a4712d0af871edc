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
 * Does one job, or some of it; answers with the job when it ended. Rejects when it could not be done this time. It should
 * stop when `signal` aborts; one that does not is left alone: it holds no place in the worker any more, and can write nothing.
 */
export type RunJob = (job: ClaimedJob, signal: AbortSignal) => Promise<Job | undefined>;

/** Hears what becomes of the jobs of a worker. */
export interface ObserveJobs {
  readonly claimed: (job: ClaimedJob) => void;
  readonly ended: (job: ClaimedJob, state: "succeeded" | "failed") => void;
  /** An attempt failed, another follows. */
  readonly retried: (job: ClaimedJob) => void;
}

/** How a worker works. */
export interface WorkerOptions {
  /** Jobs at a time. @default 4 */
  readonly concurrency?: number;
  /** How long a job is held without a sign of life, in milliseconds. @default 15_000 */
  readonly leaseMs?: number;
  /** How many attempts of a job are counted before it fails. @default 5 */
  readonly maximumAttempts?: number;
  /** How long one attempt may take, in milliseconds. @default 120_000 */
  readonly attemptMs?: number;
  /** How long `stop` waits for a job's next safe point, in milliseconds. @default 8000 */
  readonly drainMs?: number;
  readonly observe?: ObserveJobs;
}

/** A running worker. */
export interface Worker {
  /** Takes no more jobs, gives back what runs at its next safe point or when the time to drain is over, and resolves then. */
  readonly stop: () => Promise<void>;
}

/** Starts to claim jobs and do them. */
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
