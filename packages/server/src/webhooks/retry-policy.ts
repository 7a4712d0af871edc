// When a webhook delivery is attempted again: the whole retry schedule, except the first delay, `MEMLANE_WEBHOOK_RETRY_MS`.
import { type BackoffPolicy } from "@memlane/core";
import { parseRetryAfter, retryDelayMs } from "@memlane/core/internal";
import type { Receipt } from "./post.ts";

/** After this many attempts a delivery has failed. */
const maximumAttempts = 10;

/** With the default setting: 5 s after the first attempt, then 20 s, 80 s, at most 8 hours. Ten attempts take about a day. */
const backoff: Omit<BackoffPolicy, "initialMs"> = { factor: 4, maximumMs: 8 * 3_600_000, jitter: 0.2 };

/** The receiver's answer, or the reason why there is no answer. */
export type Outcome = Receipt | { readonly error: string; readonly isFinal?: boolean };

/** The state of a delivery after an attempt. */
export type AfterAttempt =
  | { readonly state: "succeeded" | "failed" }
  | { readonly state: "pending"; readonly delayMs: number };

/** The values that determine the delay before the next attempt. */
export interface RetryContext {
  /** The delay after the first attempt, in milliseconds. */
  readonly initialMs: number;
  readonly nowMs: number;
  /** Uniform in [0, 1). */
  readonly random: number;
}

/**
 * Decides what happens after an attempt. A 2xx status is a success. A 4xx status is final, except 408 and 429. Everything else,
 * redirects included, is attempted again: after the time in `Retry-After` or the backoff, whichever is longer.
 */
export function afterAttempt(
  outcome: Outcome,
  attempts: number,
  { initialMs, nowMs, random }: RetryContext,
): AfterAttempt {
  if (isSuccess(outcome)) return { state: "succeeded" };
  if (isFinal(outcome) || attempts >= maximumAttempts) return { state: "failed" };
  const askedMs = "status" in outcome ? parseRetryAfter(outcome.retryAfter, nowMs) : undefined;
  const delayMs = retryDelayMs({ ...backoff, initialMs }, attempts - 1, random, askedMs);
  return { state: "pending", delayMs: Math.min(backoff.maximumMs, delayMs) };
}

/** Whether the receiver accepted the delivery. */
export function isSuccess(outcome: Outcome): boolean {
  return "status" in outcome && outcome.status >= 200 && outcome.status < 300;
}

function isFinal(outcome: Outcome): boolean {
  if ("error" in outcome) return outcome.isFinal === true;
  const { status } = outcome;
  return status >= 400 && status < 500 && status !== 408 && status !== 429;
}
