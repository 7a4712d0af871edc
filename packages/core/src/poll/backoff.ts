/** How waiting grows. */
export interface BackoffPolicy {
  /** The first delay, in milliseconds. */
  readonly initialMs: number;
  /** How much longer each delay is than the one before. */
  readonly factor: number;
  /** The longest delay, in milliseconds. */
  readonly maximumMs: number;
  /** The share of a delay that chance may take away, 0 to 1: it keeps many clients from moving in step. */
  readonly jitter: number;
}

/** The delay after `attempt` earlier ones, in milliseconds. `random` is uniform in [0, 1). */
export function backoffMs(policy: BackoffPolicy, attempt: number, random: number): number {
  // A growth without bound would make a first delay of 0 into NaN.
  const growth = Math.min(policy.factor ** attempt, Number.MAX_VALUE);
  const delayMs = Math.min(policy.maximumMs, policy.initialMs * growth);
  return delayMs * (1 - policy.jitter * random);
}

/**
 * The delay before the next try, in milliseconds. A server that said how long to wait is obeyed, but never
 * with less than the first delay, so that `Retry-After: 0` is no reason to spin.
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
