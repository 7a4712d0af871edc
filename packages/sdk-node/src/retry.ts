import type { BackoffPolicy } from "@memlane/core";
import { retryDelayMs } from "@memlane/core/internal";

/** How an attempt to send a request failed. */
export interface FailedAttempt {
  /** Whether repeating it is safe: it only reads, or it has an idempotency key. */
  readonly isRepeatable: boolean;
  /** The status of its answer; undefined without an answer. */
  readonly status: number | undefined;
  /** How long the server asked to wait, in milliseconds. */
  readonly retryAfterMs: number | undefined;
  /** How many attempts came before. */
  readonly attempt: number;
  /** How much of the call's time is left, in milliseconds. */
  readonly remainingMs: number;
}

/** Short, because a person or an agent usually waits for the call. */
const retryBackoff: BackoffPolicy = { initialMs: 250, factor: 2, maximumMs: 5000, jitter: 0.2 };

/**
 * How long to wait before the next attempt, in milliseconds. Undefined if the request must not be repeated: a
 * retry would not help, could do the work twice, or would exceed the remaining time. `random` is uniform in
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
  // The server may have done any other write although the request failed. A 503 with `Retry-After` means that
  // it has not started the write.
  return status === 503 && retryAfterMs !== undefined;
}
