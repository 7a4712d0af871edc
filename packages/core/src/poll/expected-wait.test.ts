import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { expectedDelayMs, learnWait, type RecentWaits } from "./expected-wait.ts";

const milliseconds = fc.double({ min: 0, max: 1e6, noNaN: true });
const known = fc.array(milliseconds, { minLength: 8, maxLength: 60 });
const learnAll = (waits: readonly number[]) => waits.reduce<RecentWaits>(learnWait, []);

describe("expectedDelayMs", () => {
  test("polls jobs that all take a second when they have ended, 52 ms later", () => {
    const waits = learnAll(Array.from({ length: 8 }, () => 1000));
    expect(expectedDelayMs(waits, 0)).toBe(1052);
    expect(expectedDelayMs(waits, 900)).toBe(152);
  });

  test("polls once after the end of each of two kinds of jobs, and not between them", () => {
    const waits = learnAll([1000, 9000, 1000, 9000, 1000, 9000, 1000, 9000]);
    expect(expectedDelayMs(waits, 0)).toBe(1000 + 2 * 52);
    expect(expectedDelayMs(waits, 1104)).toBe(9068 - 1104);
  });

  test("is undefined for waits longer than all known ones, and after only seven waits", () => {
    const eight = Array.from({ length: 8 }, () => 100);
    expect(expectedDelayMs(learnAll(eight), 100)).toBeUndefined();
    expect(expectedDelayMs(learnAll(eight.slice(1)), 0)).toBeUndefined();
  });

  test("for all waits, the next poll is in the future, and the expected delay is worth a request", () => {
    fc.assert(
      fc.property(known, milliseconds, (all, waitedMs) => {
        const waits = learnAll(all);
        const delayMs = expectedDelayMs(waits, waitedMs);
        const longer = waits.filter((waitMs) => waitMs > waitedMs);
        expect(delayMs === undefined).toBe(longer.length === 0);
        if (delayMs === undefined) return;
        expect(delayMs).toBeGreaterThan(0);
        const lags = longer.map((waitMs) => Math.max(0, waitedMs + delayMs - waitMs));
        const lagMs = lags.reduce((sum, each) => sum + each, 0) / lags.length;
        expect(lagMs).toBeGreaterThanOrEqual(50 - 1e-6);
        expect(lagMs).toBeLessThanOrEqual(50 + Math.max(...longer) / 500 + 1e-6);
      }),
    );
  });

  test("for all waits, old durations are forgotten", () => {
    fc.assert(
      fc.property(
        known,
        fc.array(milliseconds, { minLength: 50, maxLength: 60 }),
        milliseconds,
        (old, recent, at) => {
          expect(expectedDelayMs(learnAll([...old, ...recent]), at)).toBe(
            expectedDelayMs(learnAll(recent), at),
          );
        },
      ),
    );
  });
});
