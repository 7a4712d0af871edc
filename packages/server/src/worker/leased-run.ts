// Runs one job under its lease, from the claim until its place is free.
import { jobIds, type JobFailure } from "@memlane/core";
import { SpanKind } from "@opentelemetry/api";
import type { Logger } from "pino";
import type { Database } from "../database/database.ts";
import { retryTransient } from "../database/retry-transient.ts";
import type { Run } from "../queue/claim-loop.ts";
import {
  beginAlone,
  giveBackJob,
  passOnJob,
  putBackJob,
  readRequest,
  renewLease,
  type ClaimedJob,
} from "../store/leased-jobs.ts";
import type { StoredJob } from "../store/job-row.ts";
import { createStageTimer, type StageTimer } from "../pipeline/stage-timer.ts";
import { failJob } from "../jobs/end-job.ts";
import { failSpan, inSpan } from "../tracing/in-span.ts";
import { contextOfHeaders } from "../tracing/trace-headers.ts";
import type { JobSignals } from "../jobs/job-signals.ts";
import type { OneAtATime } from "./one-at-a-time.ts";
import { afterFailure, AttemptOverdueError, failureOfLosses } from "./retry-policy.ts";

/**
 * Runs a job, or a part of it. Resolves with the job when it has ended, and rejects if this attempt failed. The run should
 * stop when `signal` aborts. If it does not stop, the worker no longer waits for it, and the run can write nothing.
 */
export type RunJob = (
  job: ClaimedJob,
  signal: AbortSignal,
  timer: StageTimer,
) => Promise<StoredJob | undefined>;

/** Called when the state of a job of this worker changes. */
export interface ObserveJobs {
  readonly claimed: (job: ClaimedJob) => void;
  readonly ended: (job: StoredJob, state: "succeeded" | "failed") => void;
  /** An attempt failed, and another one follows. */
  readonly retried: (job: ClaimedJob) => void;
}

/** The parts that all runs of a worker share. */
export interface RunContext {
  readonly database: Database;
  readonly signals: JobSignals;
  readonly runJob: RunJob;
  readonly log: Logger;
  readonly leaseMs: number;
  readonly attemptMs: number;
  readonly maximumAttempts: number;
  readonly observe: ObserveJobs | undefined;
  /** Does the work of jobs with large requests. */
  readonly runLarge: OneAtATime;
}

/** Runs a job under its lease. If `alone` is given, the job begins when `alone` resolves. */
export function startLeasedRun(context: RunContext, claimed: ClaimedJob, alone?: Promise<unknown>): Run {
  const { database, signals, runJob, leaseMs, attemptMs, maximumAttempts, observe, runLarge } = context;
  // One controller for each job: a signal that lives as long as the worker would keep its listeners.
  const stopping = new AbortController();
  const { promise: left, resolve: leavePlace } = Promise.withResolvers<undefined>();
  let job = claimed;
  let isLost = false; // the lease
  let mustLeave = false;
  let overdue: AttemptOverdueError | undefined;
  const log = context.log.child({ job: jobIds.print(job.id), kind: job.kind });

  const leave = () => {
    stopping.abort();
    leavePlace(undefined);
  };
  observe?.claimed(job);
  const attributes = {
    "memlane.job": jobIds.print(job.id),
    "memlane.org": job.orgId,
    "memlane.attempt": job.attempts + (job.isSuspect ? 1 : 0),
  };
  const span = { kind: SpanKind.CONSUMER, attributes };
  return {
    done: inSpan(`do ${job.kind}`, span, runUnderLease, contextOfHeaders(job.trace)),
    stop: () => stopping.abort(),
    leave() {
      mustLeave = true;
      leave();
    },
  };

  async function runUnderLease(): Promise<void> {
    let renewing: Promise<void> | undefined; // one at a time: while the row is locked, each renewal would occupy a connection
    const beat = setInterval(() => {
      renewing ??= renew().finally(() => (renewing = undefined));
    }, leaseMs / 3);
    try {
      await alone;
      if (job.request !== null) await run();
      else await runLarge(async () => (await fetchRequest()) && run());
    } catch (error) {
      log.warn(
        { attempt: job.attempts, err: error },
        "cannot give a job back; another worker gets it when its lease runs out",
      );
    } finally {
      clearInterval(beat);
    }
  }

  async function run(): Promise<void> {
    if (await begin()) await attempt();
  }

  /** Reads a large request. False if the worker is stopping or the lease is lost. */
  async function fetchRequest(): Promise<boolean> {
    if (stopping.signal.aborted) {
      await untilWritten(() => (job.isSuspect ? passOnJob : putBackJob)(database, job));
      return false;
    }
    const request = await untilWritten(() => readRequest(database, job));
    job = { ...job, request };
    return request !== undefined;
  }

  async function renew(): Promise<void> {
    try {
      if (await renewLease(database, job, leaseMs)) return;
      isLost = true;
      leave();
    } catch (error) {
      log.warn({ attempt: job.attempts, err: error }, "cannot renew a lease");
    }
  }

  /** Whether the job may run now. */
  async function begin(): Promise<boolean> {
    if (job.attempts + (job.isSuspect ? 1 : 0) > maximumAttempts) {
      log.error({ attempt: job.attempts }, "job failed: too many attempts");
      await end(failureOfLosses(maximumAttempts));
      return false;
    }
    if (!job.isSuspect) return true;
    if (stopping.signal.aborted) {
      await untilWritten(() => passOnJob(database, job));
      return false;
    }
    const begun = await untilWritten(() => beginAlone(database, job, leaseMs));
    job = begun ?? job;
    return begun !== undefined;
  }

  async function attempt(): Promise<void> {
    const startedMs = performance.now();
    const stages = createStageTimer();
    const deadline = setTimeout(() => {
      overdue = new AttemptOverdueError(attemptMs);
      leave();
    }, attemptMs);
    let ended: StoredJob | undefined;
    try {
      ended = await Promise.race([runJob(job, stopping.signal, stages), left]);
    } catch (error) {
      await recover(overdue ?? error, stages);
      return;
    } finally {
      clearTimeout(deadline);
    }
    if (ended !== undefined) {
      announceEnd(ended, "succeeded");
      const ms = Math.round(performance.now() - startedMs);
      log.info({ attempt: job.attempts, ms }, "job ended");
    } else if (overdue !== undefined) {
      await recover(overdue, stages);
    } else {
      await untilWritten(() => putBackJob(database, job));
      signals.announceQueued();
    }
  }

  async function recover(error: unknown, timer: StageTimer): Promise<void> {
    failSpan(error);
    const next = afterFailure(error, job, maximumAttempts, Math.random());
    if (next.type === "fail") {
      log.error({ attempt: job.attempts, err: error }, "job failed");
      await end(next.failure, timer);
      return;
    }
    log.warn({ attempt: job.attempts, isCounted: next.isCounted, err: error }, "job failed this time");
    observe?.retried(job);
    const stages = timer.stages();
    await untilWritten(() => giveBackJob(database, job, { ...next, stages }));
    signals.announceChanged(job.id);
  }

  async function end(failure: JobFailure, timer?: StageTimer): Promise<void> {
    const stages = timer?.stages();
    const failed = await untilWritten(() => failJob(database, job, failure, stages));
    if (failed !== undefined) announceEnd(failed, "failed");
  }

  function announceEnd(ended: StoredJob, state: "succeeded" | "failed"): void {
    signals.announceEnded(ended);
    observe?.ended(ended, state);
  }

  /** Repeats a statement while the database is unavailable, because a lost lease would make the job a suspect. */
  function untilWritten<Result>(write: () => Promise<Result>): Promise<Result> {
    return retryTransient(write, () => isLost || mustLeave);
  }
}
