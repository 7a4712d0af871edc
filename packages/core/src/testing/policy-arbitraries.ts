import * as fc from "fast-check";
import type { BackoffPolicy } from "../poll/backoff.ts";
import type { PollPolicy } from "../poll/poll.ts";

/** A random number as `Math.random` gives it: 0 included, 1 not. */
export const chanceArbitrary: fc.Arbitrary<number> = fc.double({
  min: 0,
  max: 1,
  maxExcluded: true,
  noNaN: true,
});

/** Any sensible policy: delays never shrink, are at most 61 minutes before jitter, and have a jitter of up to 100 %. */
export const backoffPolicyArbitrary: fc.Arbitrary<BackoffPolicy> = fc
  .record({
    initialMs: fc.integer({ min: 0, max: 60_000 }),
    factor: fc.double({ min: 1, max: 10, noNaN: true }),
    moreMs: fc.integer({ min: 0, max: 3_600_000 }),
    jitter: fc.double({ min: 0, max: 1, noNaN: true }),
  })
  .map(({ initialMs, moreMs, factor, jitter }) => ({
    initialMs,
    factor,
    maximumMs: initialMs + moreMs,
    jitter,
  }));

/** A policy for polling. Its waits are never shorter than 10 ms, so that a simulation of it ends soon. */
export const pollPolicyArbitrary: fc.Arbitrary<PollPolicy> = fc.record({
  backoff: backoffPolicyArbitrary.map((policy) => ({
    ...policy,
    initialMs: policy.initialMs + 100,
    maximumMs: policy.maximumMs + 100,
    jitter: policy.jitter * 0.9,
  })),
  timeoutMs: fc.integer({ min: 1, max: 120_000 }),
  requestTimeoutMs: fc.integer({ min: 1, max: 60_000 }),
});
