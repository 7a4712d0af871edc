// Claims jobs for the free places of a worker.
import { setTimeout as sleep } from "node:timers/promises";
import { jobIds } from "@memlane/core";
import { claimJobs } from "../store/claim-jobs.ts";
import { passOnJob, type ClaimedJob } from "../store/held-jobs.ts";
import { tracer } from "../tracing/in-span.ts";
import { contextOfHeaders, linksTo } from "../tracing/trace-headers.ts";
import { startLeasedRun, type LeasedRun, type RunContext } from "./leased-run.ts";

/** How a worker claims jobs. */
export interface ClaimLoopOptions {
  /** Jobs at a time. */
  readonly concurrency: number;
  /** How long `stop` waits for a job's next safe point, in milliseconds. */
  readonly drainMs: number;
  /** Gets the number of jobs of each claim. */
  readonly onClaimed: (count: number) => void;
}

/** The claim loop of a worker. */
export interface ClaimLoop {
  /** Claims no more jobs, gives the running ones back, and resolves when all places are free. */
  readonly stop: () => Promise<void>;
}

const gatherMs = 3; // one claim fills the places that become free within this time
const againMs = 20; // after a claim that left places free: another worker may have locked the other due jobs
const pollMs = 1000; // for lost notifications, and for delays and leases that run out

/** Starts to claim jobs and to run them. */
export function startClaimLoop(
  context: RunContext,
  { concurrency, drainMs, onClaimed }: ClaimLoopOptions,
): ClaimLoop {
  const { database, signals, log, leaseMs } = context;
  const running = new Set<LeasedRun>();
  let isStopping = false;
  let cursor = ""; // the last organisation of the last claim
  let claimAtMs = 0; // when to claim next
  let wake = () => {};
  const stopHearing = signals.onQueued(() => {
    claimAtMs = 0;
    wake();
  });
  const looping = loop();

  return {
    async stop() {
      isStopping = true;
      stopHearing();
      wake();
      for (const run of running) run.stop();
      const timer = setTimeout(() => running.forEach((run) => run.leave()), drainMs);
      await looping; // a claim in progress may still bring jobs
      await allDone();
      clearTimeout(timer);
    },
  };

  async function loop(): Promise<void> {
    while (!isStopping) {
      const woken = new Promise<void>((resolve) => (wake = resolve));
      const free = concurrency - running.size;
      const claimed = free > 0 && performance.now() >= claimAtMs ? await claim(free) : [];
      const { suspects = [], others = [] } = Object.groupBy(claimed, ({ isSuspect }) =>
        isSuspect ? "suspects" : "others",
      );
      for (const job of others) start(job);
      const [suspect, ...laterOnes] = suspects;
      for (const job of laterOnes) await passOn(job);
      if (suspect !== undefined) {
        // Claims nothing else until it has ended, so that no other job is lost if it kills the worker.
        await start(suspect, allDone()).done;
        claimAtMs = 0; // claims what was put back
      }
      const pauseMs = running.size < concurrency ? Math.max(claimAtMs - performance.now(), 0) : pollMs;
      const timer = new AbortController();
      const paused = sleep(pauseMs, undefined, { signal: timer.signal });
      await Promise.race([woken, paused.catch(() => {})]);
      timer.abort();
    }
  }

  async function claim(limit: number): Promise<ClaimedJob[]> {
    claimAtMs = performance.now() + pollMs; // or earlier, after a notification
    const startTime = Date.now();
    try {
      const claimed = await claimJobs(database, limit, leaseMs, cursor);
      if (claimed.length > 0) {
        const isFull = claimed.length === limit;
        claimAtMs = isFull ? 0 : Math.min(claimAtMs, performance.now() + againMs);
        cursor = claimed[0]!.claimedThrough;
        const links = linksTo(claimed.map(({ trace }) => contextOfHeaders(trace)));
        tracer.startSpan("claim jobs", { root: true, startTime, links }).end();
        onClaimed(claimed.length);
      }
      return claimed;
    } catch (error) {
      log.warn({ err: error }, "cannot claim jobs");
      return [];
    }
  }

  /** Starts a job. A suspect begins when `alone` resolves. */
  function start(job: ClaimedJob, alone?: Promise<unknown>): LeasedRun {
    const run = startLeasedRun(context, job, alone);
    if (isStopping) run.stop();
    running.add(run);
    void clearPlace(run);
    return run;
  }

  async function clearPlace(run: LeasedRun): Promise<void> {
    await run.done;
    running.delete(run);
    if (running.size === 0) wake();
    else setTimeout(() => wake(), gatherMs).unref();
  }

  async function passOn(job: ClaimedJob): Promise<void> {
    await passOnJob(database, job).catch((error: unknown) =>
      log.warn({ job: jobIds.print(job.id), err: error }, "cannot pass a job on: its lease will run out"),
    );
  }

  function allDone(): Promise<unknown> {
    return Promise.all(Array.from(running, ({ done }) => done));
  }
}
