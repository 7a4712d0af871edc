import { setTimeout as sleep } from "node:timers/promises";
import { isTerminal, type Job, type JobId } from "@memlane/core";
import type { JobSignals } from "../worker/job-signals.ts";

const lookMs = 2000; // the backstop for a notification that was lost

/** The job as soon as it has ended, or as it is after `timeoutMs`. */
export async function waitForEnd<J extends Job>(
  signals: JobSignals,
  id: JobId,
  read: () => Promise<J | undefined>,
  timeoutMs: number,
  signal: AbortSignal,
): Promise<J | undefined> {
  const deadlineMs = performance.now() + timeoutMs;
  for (;;) {
    // Listen before reading, or an end between the two would be missed.
    const timer = new AbortController();
    const woken = new Promise<void>((resolve) => {
      const stop = signals.onEnded(id, resolve);
      timer.signal.addEventListener("abort", stop);
    });
    try {
      const job = await read();
      const remainingMs = deadlineMs - performance.now();
      if (job === undefined || isTerminal(job.state) || remainingMs <= 0 || signal.aborted) return job;
      const anySignal = AbortSignal.any([timer.signal, signal]);
      const slept = sleep(Math.min(lookMs, remainingMs), undefined, { signal: anySignal }).catch(() => {});
      await Promise.race([woken, slept]);
    } finally {
      timer.abort();
    }
  }
}
