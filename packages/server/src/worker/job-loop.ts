// Claims jobs and runs them.
import { randomUUID } from "node:crypto";
import { jobIds } from "@memlane/core";
import type { ReservePlace } from "../jobs/reserve-place.ts";
import { startClaimLoop, type Claimed } from "../queue/claim-loop.ts";
import { claimJobs } from "../store/claim-jobs.ts";
import { passOnJob, type ClaimedJob } from "../store/leased-jobs.ts";
import { tracer } from "../tracing/in-span.ts";
import { contextOfHeaders, linksTo } from "../tracing/trace-headers.ts";
import { startLeasedRun, type RunContext } from "./leased-run.ts";

/** How a worker claims jobs. */
export interface JobLoopOptions {
  /** How many jobs may run at the same time. */
  readonly concurrency: number;
  /** How long `stop` waits for a job's next safe point, in milliseconds. */
  readonly drainMs: number;
  /** Called after each claim, with the number of jobs that it claimed. */
  readonly onClaimed: (count: number) => void;
}

/** The job loop of a worker. */
export interface JobLoop {
  /** How many jobs run. */
  readonly countRunning: () => number;
  readonly reservePlace: ReservePlace;
  /** Claims no more jobs, gives the running ones back, and resolves when all places are free. */
  readonly stop: () => Promise<void>;
}

const pollMs = 1000; // finds jobs whose notification was lost, or whose delay or lease has run out
const againMs = 20; // after a claim that left places free: another worker may have locked the other due jobs

/** Starts to claim jobs and to run them. */
export function startJobLoop(
  context: RunContext,
  { concurrency, drainMs, onClaimed }: JobLoopOptions,
): JobLoop {
  const { database, signals, log, leaseMs } = context;
  let cursor = ""; // the last organisation of the last claim
  const loop = startClaimLoop({
    name: "jobs",
    concurrency,
    pollMs,
    drainMs,
    log,
    claim,
    start: (job, othersDone) => startLeasedRun(context, job, othersDone),
  });
  const stopHearing = signals.onQueued(loop.claimSoon);
  return {
    countRunning: loop.countRunning,
    reservePlace() {
      const place = loop.reserve();
      if (place === undefined) return undefined;
      return {
        lease: { id: randomUUID(), ms: leaseMs },
        release: place.release,
        begin(job) {
          onClaimed(1);
          place.begin(job);
        },
      };
    },
    async stop() {
      stopHearing();
      await loop.stop();
    },
  };

  async function claim(limit: number): Promise<Claimed<ClaimedJob>> {
    const startTime = Date.now();
    const claimed = await claimJobs(database, limit, leaseMs, cursor);
    if (claimed.length === 0) return { items: [] };
    cursor = claimed[0]!.claimedThrough;
    const links = linksTo(claimed.map(({ trace }) => contextOfHeaders(trace)));
    tracer.startSpan("claim jobs", { root: true, startTime, links }).end();
    onClaimed(claimed.length);
    // A suspect runs alone, so that no other job is lost if it kills the worker.
    const [suspect, ...laterSuspects] = claimed.filter(({ isSuspect }) => isSuspect);
    for (const job of laterSuspects) await passOn(job);
    return {
      items: claimed.filter(({ isSuspect }) => !isSuspect),
      alone: suspect,
      againMs: claimed.length === limit ? 0 : againMs,
    };
  }

  async function passOn(job: ClaimedJob): Promise<void> {
    await passOnJob(database, job).catch((error: unknown) =>
      log.warn(
        { job: jobIds.print(job.id), err: error },
        "cannot give a job back; another worker gets it when its lease runs out",
      ),
    );
  }
}
