import type { Logger } from "pino";
import type { Database } from "../database/database.ts";
import { startClaimLoop } from "./claim-loop.ts";
import type { JobSignals } from "../jobs/job-signals.ts";
import type { ObserveJobs, RunJob } from "./leased-run.ts";
import { createOneAtATime } from "./one-at-a-time.ts";
import { startMaintenance } from "./maintenance.ts";

/** The parts of a worker, and how it works. */
export interface WorkerOptions {
  readonly database: Database;
  readonly signals: JobSignals;
  readonly runJob: RunJob;
  readonly log: Logger;
  /** Jobs at a time. @default 4 */
  readonly concurrency?: number | undefined;
  /** How long a job is held without a sign of life, in milliseconds. @default 15_000 */
  readonly leaseMs?: number | undefined;
  /** How many attempts of a job are counted before it fails. @default 5 */
  readonly maximumAttempts?: number | undefined;
  /** How long one attempt may take, in milliseconds. @default 120_000 */
  readonly attemptMs?: number | undefined;
  /** How long `stop` waits for a job's next safe point, in milliseconds. @default 8000 */
  readonly drainMs?: number | undefined;
  readonly observe?: ObserveJobs | undefined;
}

/** A running worker. */
export interface Worker {
  /** Takes no more jobs, gives back what runs at its next safe point or when the time to drain is over, and resolves then. */
  readonly stop: () => Promise<void>;
}

/** Starts to claim jobs and do them. */
export function startWorker({
  database,
  signals,
  runJob,
  log,
  concurrency = 4,
  leaseMs = 15_000,
  maximumAttempts = 5,
  attemptMs = 120_000,
  drainMs = 8000,
  observe,
}: WorkerOptions): Worker {
  const maintenance = startMaintenance(database, log, leaseMs);
  const claims = startClaimLoop(
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
      await Promise.all([claims.stop(), maintenance.stop()]);
    },
  };
}
