import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { delayToRetryMs, type FailedAttempt } from "./retry.ts";

const failed = (changes: Partial<FailedAttempt>): FailedAttempt => ({
  isRepeatable: true,
  status: 503,
  retryAfterMs: undefined,
  attempt: 0,
  remainingMs: 30_000,
  ...changes,
});

const anyFailure = fc.record({
  isRepeatable: fc.boolean(),
  status: fc.option(fc.integer({ min: 300, max: 599 }), { nil: undefined }),
  retryAfterMs: fc.option(fc.nat(120_000), { nil: undefined }),
  attempt: fc.nat(10),
  remainingMs: fc.integer({ min: -1000, max: 60_000 }),
});
const chance = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

describe("delayToRetryMs", () => {
  it.each([undefined, 408, 429, 500, 502, 503, 504])("repeats a repeatable request after %s", (status) => {
    expect(delayToRetryMs(failed({ status }), 0)).toBe(250);
  });

  it.each([301, 400, 401, 403, 404, 409, 413, 422])("never repeats any request after %s", (status) => {
    for (const isRepeatable of [true, false]) {
      expect(delayToRetryMs(failed({ isRepeatable, status, retryAfterMs: 0 }), 0)).toBeUndefined();
    }
  });

  it("repeats any other request only if the server says that it has not started it", () => {
    const isRepeatable = false;
    expect(delayToRetryMs(failed({ isRepeatable, status: 429 }), 0)).toBe(250);
    expect(delayToRetryMs(failed({ isRepeatable, status: 503, retryAfterMs: 2000 }), 0)).toBe(2000);
    for (const status of [undefined, 408, 500, 502, 503, 504]) {
      expect(delayToRetryMs(failed({ isRepeatable, status }), 0)).toBeUndefined();
    }
  });

  it("waits longer after every attempt", () => {
    const delays = [0, 1, 2, 3].map((attempt) => delayToRetryMs(failed({ attempt }), 0));
    expect(delays).toEqual([250, 500, 1000, 2000]);
  });

  it("never waits until the end of the call's time or longer", () => {
    fc.assert(
      fc.property(anyFailure, chance, (failure, random) => {
        const delayMs = delayToRetryMs(failure, random);
        expect(delayMs === undefined || delayMs < failure.remainingMs).toBe(true);
      }),
    );
  });

  it("never retries sooner than the server asked, nor at once", () => {
    fc.assert(
      fc.property(anyFailure, chance, (failure, random) => {
        const delayMs = delayToRetryMs(failure, random);
        if (delayMs !== undefined)
          expect(delayMs).toBeGreaterThanOrEqual(Math.max(200, failure.retryAfterMs ?? 0));
      }),
    );
  });
});
