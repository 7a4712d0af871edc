import { setTimeout as sleep } from "node:timers/promises";
import {
  errorTable,
  jobIds,
  MemlaneError,
  retryDelayMs,
  type BackoffPolicy,
  type Job,
  type JobFailure,
  type MemoryId,
} from "@memlane/core";
import { SpanKind } from "@opentelemetry/api";
import type { Logger } from "pino";
import { isConnectionError } from "../database/connection-error.ts";
import type { Database, Sql } from "../database/database.ts";
import { claimJobs } from "../store/claim-jobs.ts";
import {
  failJob,
  giveBackJob,
  passOnJob,
  putBackJob,
  renewLease,
  type ClaimedJob,
} from "../store/held-jobs.ts";
import { deleteExpiredJobs, refreshStatistics } from "../store/jobs.ts";
import { deleteOldKeys } from "../store/idempotency-keys.ts";
import { failSpan, inSpan, tracer } from "../tracing/in-span.ts";
import { contextOfHeaders, linksTo } from "../tracing/trace-headers.ts";
import type { JobSignals } from "./job-signals.ts";

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
  /** How often a job is tried before it fails. @default 5 */
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

const gatherMs = 3; // places that become free within this time are filled by one claim
const againMs = 20; // behind a claim that left places free: another worker may just have held what else was due
const pollMs = 1000; // the backstop for notifications that were lost, for delays and for leases that run out
const jobsPerRefresh = 500; // jobs claimed between two looks at whether the planner knows how many there are
const sweepMs = 60_000;
const sweptAtOnce = 1000; // rows of a statement
const retry: BackoffPolicy = { initialMs: 1000, factor: 4, maximumMs: 60_000, jitter: 0.5 };

/** Starts to claim jobs and do them. */
export function startWorker(
  database: Database,
  signals: JobSignals,
  runJob: RunJob,
  log: Logger,
  options: WorkerOptions = {},
): Worker {
  const { concurrency = 4, leaseMs = 15_000, maximumAttempts = 5 } = options;
  const { attemptMs = 120_000, drainMs = 8000 } = options;
  const stopping = new AbortController();
  const draining = new AbortController(); // aborts when the time to drain is over
  const running = new Set<Promise<void>>();
  let claimedCount = 0; // since the last look at the planner's statistics
  let refreshing: Promise<void> | undefined;
  let claimBehind = ""; // the organisation that the last claim came to
  let claimAtMs = 0; // when jobs may be due: from then on, places that are free are filled
  let wake = () => {};
  const stopHearing = signals.onQueued(() => {
    claimAtMs = 0;
    wake();
  });
  const looping = loop();
  const sweeping = sweep();

  return {
    async stop() {
      stopping.abort();
      stopHearing();
      wake();
      const timer = setTimeout(() => draining.abort(), drainMs);
      await Promise.all([looping, sweeping]); // a claim that was under way may still bring jobs
      await refreshing;
      await Promise.all(running);
      clearTimeout(timer);
    },
  };

  async function loop(): Promise<void> {
    while (!stopping.signal.aborted) {
      const woken = new Promise<void>((resolve) => (wake = resolve));
      const free = concurrency - running.size;
      const claimed = free > 0 && performance.now() >= claimAtMs ? await claim(free) : [];
      // What may have taken down its workers is tried for the last time alone, so that it takes nothing along again.
      const { suspects = [], others = [] } = Object.groupBy(claimed, (job) =>
        job.wasLost && job.attempts === maximumAttempts ? "suspects" : "others",
      );
      for (const job of others) void start(job);
      const [suspect, ...laterOnes] = suspects;
      for (const job of laterOnes) {
        await passOnJob(database, job).catch((error: unknown) =>
          log.warn({ job: jobIds.print(job.id), err: error }, "cannot pass a job on: its lease will run out"),
        );
      }
      if (suspect !== undefined) {
        await start(suspect, Promise.all(running));
        claimAtMs = 0; // what was passed on
      }
      const pauseMs = running.size < concurrency ? Math.max(claimAtMs - performance.now(), 0) : pollMs;
      const timer = new AbortController();
      const paused = sleep(pauseMs, undefined, { signal: timer.signal });
      await Promise.race([woken, paused.catch(() => {})]);
      timer.abort();
    }
  }

  async function claim(limit: number): Promise<ClaimedJob[]> {
    claimAtMs = performance.now() + pollMs; // unless it is heard meanwhile that there are more
    const startTime = Date.now();
    try {
      const claimed = await claimJobs(database, limit, leaseMs, claimBehind);
      if (claimed.length > 0) {
        const isFull = claimed.length === limit;
        claimAtMs = isFull ? 0 : Math.min(claimAtMs, performance.now() + againMs);
        claimBehind = claimed[0]!.claimedThrough;
        const links = linksTo(claimed.map(({ trace }) => contextOfHeaders(trace)));
        tracer.startSpan("claim jobs", { root: true, startTime, links }).end();
        claimedCount += claimed.length;
        if (claimedCount >= jobsPerRefresh) refreshing ??= refresh();
      }
      return claimed;
    } catch (error) {
      log.warn({ err: error }, "cannot claim jobs");
      return [];
    }
  }

  async function refresh(): Promise<void> {
    await refreshStatistics(database).catch((error: unknown) =>
      log.debug({ err: error }, "cannot refresh the planner's statistics"),
    );
    claimedCount = 0;
    refreshing = undefined;
  }

  /** Begins to do a job, once `after` has resolved; resolves when the job has left its place. */
  function start(job: ClaimedJob, after?: Promise<unknown>): Promise<void> {
    options.observe?.claimed(job);
    const attributes = {
      "memlane.job": jobIds.print(job.id),
      "memlane.org": job.orgId,
      "memlane.attempt": job.attempts,
    };
    const span = { kind: SpanKind.CONSUMER, attributes };
    const work = inSpan(`do ${job.kind}`, span, () => hold(job, after), contextOfHeaders(job.trace)).finally(
      () => {
        running.delete(work);
        if (running.size === 0) wake();
        else setTimeout(() => wake(), gatherMs).unref();
      },
    );
    running.add(work);
    return work;
  }

  /** Does one job under its lease. Never rejects. */
  async function hold(job: ClaimedJob, after?: Promise<unknown>): Promise<void> {
    const context = { job: jobIds.print(job.id), kind: job.kind, attempt: job.attempts };
    const lost = new AbortController();
    const overdue = new AbortController();
    let timer: NodeJS.Timeout | undefined;
    let renewing: Promise<void> | undefined; // one at a time: where the row is locked, each would wait on a connection
    const beat = setInterval(() => {
      renewing ??= renewLease(database, job, leaseMs)
        .then(
          (isHeld) => isHeld || lost.abort(),
          (error: unknown) => log.warn({ ...context, err: error }, "cannot renew a lease"),
        )
        .then(() => (renewing = undefined));
    }, leaseMs / 3);
    await after;
    const startedMs = performance.now();
    timer = setTimeout(() => overdue.abort(new AttemptOverdueError(attemptMs)), attemptMs);
    try {
      if (job.attempts > maximumAttempts) {
        await end(job, {
          type: "server_error",
          code: "ingest_failed",
          message: `gave up: in each of ${maximumAttempts} attempts the worker that did it, or its database, was lost`,
        });
        log.error(context, "job failed: too many attempts");
        return;
      }
      const leave = AbortSignal.any([lost.signal, overdue.signal, draining.signal]);
      const run = runJob(job, AbortSignal.any([stopping.signal, leave]));
      const ended = await Promise.race([run, undefinedWhenAborted(leave)]);
      if (ended !== undefined) {
        signals.announceEnded(ended);
        options.observe?.ended(job, "succeeded");
        log.info({ ...context, ms: Math.round(performance.now() - startedMs) }, "job ended");
      } else {
        overdue.signal.throwIfAborted();
        await putBackJob(database, job);
        signals.announceQueued();
      }
    } catch (error) {
      await recover(job, overdue.signal.aborted ? overdue.signal.reason : error).catch((failure: unknown) =>
        log.warn({ ...context, err: failure }, "cannot give a job back: its lease will run out"),
      );
    } finally {
      clearTimeout(timer);
      clearInterval(beat);
    }
  }

  async function recover(job: ClaimedJob, error: unknown): Promise<void> {
    const context = { job: jobIds.print(job.id), kind: job.kind, attempt: job.attempts, err: error };
    failSpan(error);
    if (isHopeless(error) || (job.attempts >= maximumAttempts && !isConnectionError(error))) {
      log.error(context, "job failed");
      await end(job, failureOf(error));
      return;
    }
    log.warn(context, "job failed this time");
    options.observe?.retried(job);
    const retryAfterMs = MemlaneError.is(error) ? error.retryAfterMs : undefined;
    await giveBackJob(database, job, retryDelayMs(retry, job.attempts - 1, Math.random(), retryAfterMs));
  }

  async function end(job: ClaimedJob, failure: JobFailure): Promise<void> {
    const failed = await failJob(database, job, failure);
    if (failed === undefined) return;
    signals.announceEnded(failed);
    options.observe?.ended(job, "failed");
  }

  async function sweep(): Promise<void> {
    while (!stopping.signal.aborted) {
      try {
        // The keys first: one never names a job that is forgotten.
        await deleteAll(deleteOldKeys);
        await deleteAll(deleteExpiredJobs);
      } catch (error) {
        log.debug({ err: error }, "cannot sweep ended jobs");
      }
      await sleep(sweepMs, undefined, { signal: stopping.signal }).catch(() => {});
    }
  }

  /** Deletes step by step what is over, and rests as long as each step took: whoever waits for the database comes first. */
  async function deleteAll(deleteSome: (sql: Sql, limit: number) => Promise<number>): Promise<void> {
    while (!stopping.signal.aborted) {
      const startedMs = performance.now();
      if ((await deleteSome(database, sweptAtOnce)) < sweptAtOnce) return;
      await sleep(performance.now() - startedMs);
    }
  }
}

/** An attempt that was given up because it took too long. */
class AttemptOverdueError extends Error {
  constructor(attemptMs: number) {
    super(`the job did not end within the ${attemptMs / 1000} s that an attempt may take`);
  }
}

/** Resolves when the signal aborts. */
function undefinedWhenAborted(signal: AbortSignal): Promise<undefined> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve(undefined);
    else signal.addEventListener("abort", () => resolve(undefined), { once: true });
  });
}

/** Whether another attempt would end the same way. */
function isHopeless(error: unknown): boolean {
  return MemlaneError.is(error) && (!error.retryable || error.code === "extraction_failed");
}

function failureOf(error: unknown): JobFailure {
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof AttemptOverdueError) return { type: "server_error", code: "timed_out", message };
  const code = MemlaneError.is(error) ? error.code : "ingest_failed";
  return { type: errorTable[code].type, code, message };
}
