import type { Logger } from "pino";
import { version } from "../base/version.ts";
import type { Database } from "../database/database.ts";
import type { ModelState } from "../store/workers.ts";
import { startJobLoop } from "./job-loop.ts";
import type { JobSignals } from "../jobs/job-signals.ts";
import type { ReservePlace } from "../jobs/reserve-place.ts";
import type { ObserveJobs, RunJob } from "./leased-run.ts";
import { createOneAtATime } from "./one-at-a-time.ts";
import { startMaintenance } from "./maintenance.ts";
import { startWorkerReports } from "./report-worker.ts";

/** The parts of a worker, and its settings. */
export interface WorkerOptions {
  readonly database: Database;
  readonly signals: JobSignals;
  readonly runJob: RunJob;
  readonly log: Logger;
  /** How many jobs may run at the same time. */
  readonly concurrency: number;
  /** How long a lease lasts if it is not renewed, in milliseconds. */
  readonly leaseMs: number;
  /** A job fails after this many counted attempts. */
  readonly maximumAttempts: number;
  /** How long one attempt may take, in milliseconds. */
  readonly attemptMs: number;
  /** How long `stop` waits for a job's next safe point, in milliseconds. */
  readonly drainMs: number;
  /** The messages of episodes are deleted after this many days; never if undefined. */
  readonly keepSourcesDays?: number | undefined;
  /** Audit events are deleted after this many days; never if it is 0. @default 0 */
  readonly keepAuditDays?: number | undefined;
  readonly observe?: ObserveJobs | undefined;
  /** What is known about its model. @default it uses none */
  readonly modelState?: (() => ModelState) | undefined;
}

/** A running worker. */
export interface Worker {
  readonly reservePlace: ReservePlace;
  /** Claims no more jobs. Gives each running job back at its next safe point, or after `drainMs`. Resolves when no job runs. */
  readonly stop: () => Promise<void>;
}

/** Starts to claim jobs and to run them. */
export function startWorker({
  database,
  signals,
  runJob,
  log,
  concurrency,
  leaseMs,
  maximumAttempts,
  attemptMs,
  drainMs,
  keepSourcesDays,
  keepAuditDays = 0,
  observe,
  modelState,
}: WorkerOptions): Worker {
  const maintenance = startMaintenance(database, log, { signals, leaseMs, keepSourcesDays, keepAuditDays });
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
  const reports = startWorkerReports(database, log, () => ({
    version,
    places: concurrency,
    running: jobs.countRunning(),
    model: modelState?.() ?? null,
  }));
  return {
    reservePlace: jobs.reservePlace,
    async stop() {
      await Promise.all([jobs.stop(), maintenance.stop(), reports.stop()]);
    },
  };
}
