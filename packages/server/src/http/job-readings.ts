import { setTimeout as sleep } from "node:timers/promises";
import { isTerminal, type Job, type JobId } from "@memlane/core";
import type { JobSignals } from "../worker/job-signals.ts";

const lookMs = 10_000; // the backstop for a notification that was lost

/**
 * A job as it is, and again whenever it may have changed, until it has ended or the signal aborts. Undefined when
 * it does not exist, or no longer.
 */
export async function* jobReadings<J extends Job>(
  signals: JobSignals,
  id: JobId,
  read: () => Promise<J | undefined>,
  signal: AbortSignal,
): AsyncGenerator<J | undefined, void, undefined> {
  let hasChanged = false;
  let wake = () => {};
  const stopHearing = signals.onChanged(id, () => {
    hasChanged = true;
    wake();
  });
  try {
    for (;;) {
      hasChanged = false; // before reading, or a change between the two would be missed
      const job = await read();
      yield job;
      if (job === undefined || isTerminal(job.state) || signal.aborted) return;
      if (!hasChanged) {
        const woken = new AbortController();
        wake = () => woken.abort();
        await sleep(lookMs, undefined, { signal: AbortSignal.any([signal, woken.signal]) }).catch(() => {});
      }
    }
  } finally {
    stopHearing();
  }
}
