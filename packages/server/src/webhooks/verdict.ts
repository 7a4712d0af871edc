import type { BackoffPolicy } from "@memlane/core";
import { parseRetryAfter, retryDelayMs } from "@memlane/core/internal";
import type { Receipt } from "./post.ts";

/** What an attempt came to: an answer, or the reason why there is none. */
export type Outcome = Receipt | { readonly error: string };

/** What follows from an attempt. */
export type Verdict =
  | { readonly state: "succeeded" | "failed" }
  | { readonly state: "pending"; readonly delayMs: number };

/** How often, and how soon. */
export interface RetryRules {
  readonly maximumAttempts: number;
  readonly backoff: BackoffPolicy;
}

/**
 * Judges an attempt: a 2xx is a success; any other 4xx than 408 and 429 is final; the rest, redirects too, is tried
 * again, after what the receiver asks for or what the policy says, until the attempts are used up.
 */
export function judge(
  outcome: Outcome,
  attempts: number,
  { maximumAttempts, backoff }: RetryRules,
  nowMs: number,
  random: number,
): Verdict {
  const status = "status" in outcome ? outcome.status : undefined;
  if (status !== undefined && status >= 200 && status < 300) return { state: "succeeded" };
  const isFinal = status !== undefined && status >= 400 && status < 500 && status !== 408 && status !== 429;
  if (isFinal || attempts >= maximumAttempts) return { state: "failed" };
  const askedMs = "status" in outcome ? parseRetryAfter(outcome.retryAfter, nowMs) : undefined;
  const delayMs = Math.min(backoff.maximumMs, retryDelayMs(backoff, attempts - 1, random, askedMs));
  return { state: "pending", delayMs };
}
