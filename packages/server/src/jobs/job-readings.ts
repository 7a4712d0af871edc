import { isTerminal, type JobId } from "@memlane/core";
import type { StoredJob } from "../store/job-row.ts";
import type { JobSignals } from "./job-signals.ts";

const lookMs = 10_000; // finds changes whose notification was lost
const firstLookMs = 100; // after a job was created: it may have changed before this process listened

/** Reads the job. If this process ended the job, it gets the ended job as an argument and need not read. */
export type ReadJob<J extends StoredJob> = (ended?: StoredJob) => Promise<J | undefined>;

/** A job to follow. */
export interface JobToFollow<J extends StoredJob> {
  readonly id: JobId;
  readonly read: ReadJob<J>;
  readonly signal: AbortSignal;
  /** The job, if the caller has just created it. */
  readonly made?: J | undefined;
}

/**
 * Reads a job now, and again whenever it may have changed, until it ends or the signal aborts.
 * Undefined if it does not exist or is deleted.
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
      hasChanged = false; // before reading, so that no change in between is missed
      job = await read(ended);
    }
  } finally {
    stopHearing();
  }
}
