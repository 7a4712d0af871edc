import { errorTable, MemlaneError, type BackoffPolicy, type JobFailure } from "@memlane/core";
import { retryDelayMs } from "@memlane/core/internal";
import { transientCauseOf, type TransientCause } from "../database/transient-error.ts";
import type { ClaimedJob } from "../store/leased-jobs.ts";

/** The job ends, or is claimed again after a delay. */
export type AfterFailure =
  | { readonly type: "fail"; readonly failure: JobFailure }
  | {
      readonly type: "retry";
      readonly delayMs: number;
      /** Whether the attempt counts against the job's attempts. */
      readonly isCounted: boolean;
      /** The error code of this attempt. */
      readonly code: string;
      /** Why the attempt failed, in words that a client may read. */
      readonly reason: string;
    };

const backoff: BackoffPolicy = { initialMs: 1000, factor: 4, maximumMs: 60_000, jitter: 0.5 };

/** The longest delay before a retry, in milliseconds, even if an endpoint asks for more. */
export const longestDelayMs = 600_000;

/**
 * How many tries with a transient error are not counted as attempts. `unavailable` is high, because no job causes it: 10,000 delays
 * take about five days. `interrupted` is low, because the job itself may cause it: 30 delays take about 20 minutes.
 */
const freeInterruptions: Readonly<Record<TransientCause, number>> = { unavailable: 10_000, interrupted: 30 };

/** An attempt took too long. */
export class AttemptOverdueError extends Error {
  constructor(attemptMs: number) {
    super(`the job did not end within the ${attemptMs / 1000} s that an attempt may take`);
  }
}

/** Decides what happens after a failed attempt. `random` is uniform in [0, 1). */
export function afterFailure(
  error: unknown,
  { attempts, interruptions }: Pick<ClaimedJob, "attempts" | "interruptions">,
  maximumAttempts: number,
  random: number,
): AfterFailure {
  const cause = transientCauseOf(error);
  if (cause !== undefined && interruptions < freeInterruptions[cause])
    return {
      type: "retry",
      delayMs: retryDelayMs(backoff, interruptions, random, undefined),
      isCounted: false,
      ...codeAndReasonOf(error),
    };
  if (isHopeless(error) || attempts >= maximumAttempts) return { type: "fail", failure: failureOf(error) };
  const askedMs = MemlaneError.is(error) ? error.retryAfterMs : undefined;
  const delayMs = Math.min(longestDelayMs, retryDelayMs(backoff, attempts - 1, random, askedMs));
  return { type: "retry", delayMs, isCounted: true, ...codeAndReasonOf(error) };
}

/** The failure of a job whose last attempt was lost with its worker. */
export function failureOfLosses(maximumAttempts: number): JobFailure {
  return {
    type: "server_error",
    code: "ingest_failed",
    message: `gave up after ${maximumAttempts} attempts: the worker was lost while it ran this job alone`,
  };
}

/** Whether another attempt would end the same way. */
function isHopeless(error: unknown): boolean {
  return MemlaneError.is(error) && (!error.retryable || error.code === "extraction_failed");
}

const codeAndReasonOf = (error: unknown) => ({ code: failureOf(error).code, reason: reasonOf(error) });

/** Why one attempt failed. */
function reasonOf(error: unknown): string {
  if (error instanceof AttemptOverdueError || MemlaneError.is(error)) return error.message;
  return transientCauseOf(error) === undefined
    ? "something went wrong on our side"
    : "the database interrupted this attempt";
}

/** Only the server's own sentences reach the client: a driver's message may name tables, paths and addresses. */
function failureOf(error: unknown): JobFailure {
  if (error instanceof AttemptOverdueError)
    return { type: "server_error", code: "timed_out", message: error.message };
  if (MemlaneError.is(error))
    return { type: errorTable[error.code].type, code: error.code, message: error.message };
  const message =
    transientCauseOf(error) === undefined
      ? "the job could not be done: something went wrong on our side"
      : "the job could not be done: the database interrupted its last attempt";
  return { type: "server_error", code: "ingest_failed", message };
}
