import type { BackoffPolicy } from "@memlane/core";
import { retryDelayMs } from "@memlane/core/internal";

/** How an attempt to send a request failed. */
export interface FailedAttempt {
  /** Whether it does its work once however often it is sent: it only reads, or it names itself by a key. */
  readonly isRepeatable: boolean;
  /** The status of its answer; undefined when there was none. */
  readonly status: number | undefined;
  /** How long the server asked to wait, in milliseconds. */
  readonly retryAfterMs: number | undefined;
  /** The attempts before this one. */
  readonly attempt: number;
  /** What is left of the call's time, in milliseconds. */
  readonly remainingMs: number;
}

/** Short, since a person or an agent usually waits for the call. */
const retryBackoff: BackoffPolicy = { initialMs: 250, factor: 2, maximumMs: 5000, jitter: 0.2 };

/**
 * How long to wait before the request is sent again, in milliseconds. Undefined when it must not be: it would
 * not help, it might do its work twice, or the wait would take more time than is left. `random` is uniform in
 * [0, 1).
 */
export function delayToRetryMs(
  failed: FailedAttempt,
  random: number,
  backoff: BackoffPolicy = retryBackoff,
): number | undefined {
  if (!isWorthSendingAgain(failed)) return undefined;
  const delayMs = retryDelayMs(backoff, failed.attempt, random, failed.retryAfterMs);
  return delayMs < failed.remainingMs ? delayMs : undefined;
}

function isWorthSendingAgain({ isRepeatable, status, retryAfterMs }: FailedAttempt): boolean {
  if (status === 429) return true;
  if (isRepeatable) return status === undefined || status === 408 || status >= 500;
  // Anything else that writes may have been done although its answer was lost. A server that says when to come
  // back has not begun.
  return status === 503 && retryAfterMs !== undefined;
}
