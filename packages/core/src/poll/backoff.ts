/** How delays grow. */
export interface BackoffPolicy {
  /** The first delay, in milliseconds. */
  readonly initialMs: number;
  /** The factor between a delay and the next. */
  readonly factor: number;
  /** The longest delay, in milliseconds. */
  readonly maximumMs: number;
  /**
   * The share of a delay that chance may remove, 0 to 1, so that many clients do not poll at the same
   * moments.
   */
  readonly jitter: number;
}

/**
 * The delay after `attempt` earlier ones, in milliseconds. `random` is uniform in [0, 1).
 *
 * @example
 * import { backoffMs } from "@memlane/core";
 *
 * const policy = { initialMs: 250, factor: 2, maximumMs: 5000, jitter: 0.2 };
 * const delayMs = backoffMs(policy, 3, Math.random());
 */
export function backoffMs(policy: BackoffPolicy, attempt: number, random: number): number {
  // Without a bound, a first delay of 0 would become NaN.
  const growth = Math.min(policy.factor ** attempt, Number.MAX_VALUE);
  const delayMs = Math.min(policy.maximumMs, policy.initialMs * growth);
  return delayMs * (1 - policy.jitter * random);
}

/**
 * The delay before the next attempt, in milliseconds: what the server asked for, but at least the first
 * delay, so that `Retry-After: 0` does not cause a busy loop.
 */
export function retryDelayMs(
  policy: BackoffPolicy,
  attempt: number,
  random: number,
  retryAfterMs: number | undefined,
): number {
  if (retryAfterMs === undefined) return backoffMs(policy, attempt, random);
  return Math.max(retryAfterMs, backoffMs(policy, 0, random));
}
