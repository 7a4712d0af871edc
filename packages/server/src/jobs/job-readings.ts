import { isTerminal, type JobId } from "@memlane/core";
import type { StoredJob } from "../store/job-row.ts";
import type { JobSignals } from "./job-signals.ts";

const lookMs = 10_000; // the backstop for a notification that was lost
const firstLookMs = 100; // behind a job that was just made: nobody listened until now

/** Reads a job; not when it is known how it ended. */
export type ReadJob<J extends StoredJob> = (ended?: StoredJob) => Promise<J | undefined>;

/** A job to follow. */
export interface JobToFollow<J extends StoredJob> {
  readonly id: JobId;
  readonly read: ReadJob<J>;
  readonly signal: AbortSignal;
  /** The first reading, if the caller has just made the job. */
  readonly made?: J | undefined;
}

/**
 * Reads a job now, and again whenever it may have changed, until it has ended or the signal aborts. Undefined if it does not
 * exist, or no longer.
 */
export async function* jobReadings<J extends StoredJob>(
  signals: JobSignals,
  { id, read, signal, made }: JobToFollow<J>,
): AsyncGenerator<J | undefined, void, undefined> {
  let hasChanged = false;
  let ended: StoredJob | undefined;
  let wake = () => {};
  const stopHearing = signals.onChanged(id, (job) => {
    hasChanged = true;
    ended = job ?? ended;
    wake();
  });
  try {
    let job = made ?? (await read());
    let untilLookMs = made === undefined ? lookMs : firstLookMs;
    for (;;) {
      yield job;
      if (job === undefined || isTerminal(job.state) || signal.aborted) return;
      if (!hasChanged) {
        await new Promise<void>((resolve) => {
          const goOn = () => {
            clearTimeout(timer);
            signal.removeEventListener("abort", goOn);
            resolve();
          };
          const timer = setTimeout(goOn, untilLookMs);
          signal.addEventListener("abort", goOn);
          wake = goOn;
        });
      }
      untilLookMs = lookMs;
      hasChanged = false; // before reading, or a change between the two would be missed
      job = await read(ended);
    }
  } finally {
    stopHearing();
  }
}
