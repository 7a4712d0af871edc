import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { backoffPolicyArbitrary, chanceArbitrary } from "../testing/policy-arbitraries.ts";
import { backoffMs, retryDelayMs } from "./backoff.ts";

const attempts = fc.oneof(fc.nat({ max: 50 }), fc.nat());

describe("backoffMs", () => {
  test("for all policies, a delay is a number between the jittered first and the longest", () => {
    fc.assert(
      fc.property(backoffPolicyArbitrary, attempts, chanceArbitrary, (policy, attempt, random) => {
        const delayMs = backoffMs(policy, attempt, random);
        expect(delayMs).toBeLessThanOrEqual(policy.maximumMs);
        expect(delayMs).toBeGreaterThanOrEqual(policy.initialMs * (1 - policy.jitter));
      }),
    );
  });

  test("for all policies, delays never shrink from one attempt to the next", () => {
    fc.assert(
      fc.property(backoffPolicyArbitrary, attempts, chanceArbitrary, (policy, attempt, random) => {
        expect(backoffMs(policy, attempt + 1, random)).toBeGreaterThanOrEqual(
          backoffMs(policy, attempt, random),
        );
      }),
    );
  });

  test("for all policies, jitter removes at most its share of the delay", () => {
    fc.assert(
      fc.property(backoffPolicyArbitrary, attempts, chanceArbitrary, (policy, attempt, random) => {
        const whole = backoffMs({ ...policy, jitter: 0 }, attempt, random);
        const delayMs = backoffMs(policy, attempt, random);
        expect(delayMs).toBeLessThanOrEqual(whole);
        expect(delayMs).toBeGreaterThanOrEqual(whole * (1 - policy.jitter));
      }),
    );
  });

  test("a policy without a first delay never waits, however many attempts there were", () => {
    const policy = { initialMs: 0, factor: 2, maximumMs: 1000, jitter: 0 };
    expect(backoffMs(policy, 5000, 0)).toBe(0);
  });

  test("delays grow by the factor up to the maximum", () => {
    const policy = { initialMs: 100, factor: 2, maximumMs: 500, jitter: 0 };
    expect([0, 1, 2, 3, 4].map((attempt) => backoffMs(policy, attempt, 0.5))).toEqual([
      100, 200, 400, 500, 500,
    ]);
  });
});

describe("retryDelayMs", () => {
  test("without a Retry-After it is the backoff", () => {
    fc.assert(
      fc.property(backoffPolicyArbitrary, attempts, chanceArbitrary, (policy, attempt, random) => {
        expect(retryDelayMs(policy, attempt, random, undefined)).toBe(backoffMs(policy, attempt, random));
      }),
    );
  });

  test("for all Retry-After, the wait is as long as asked and never shorter than the first delay", () => {
    fc.assert(
      fc.property(
        backoffPolicyArbitrary,
        attempts,
        chanceArbitrary,
        fc.double({ min: 0, noNaN: true }),
        (policy, attempt, random, retryAfterMs) => {
          const delayMs = retryDelayMs(policy, attempt, random, retryAfterMs);
          expect(delayMs).toBe(Math.max(retryAfterMs, backoffMs(policy, 0, random)));
        },
      ),
    );
  });

  test("`Retry-After: 0` does not cause a busy loop", () => {
    const policy = { initialMs: 100, factor: 2, maximumMs: 500, jitter: 0 };
    expect(retryDelayMs(policy, 7, 0, 0)).toBe(100);
  });
});
