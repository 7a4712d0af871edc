import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { expectedDelayMs, learnWait, type RecentWaits } from "./expected-wait.ts";

const milliseconds = fc.double({ min: 0, max: 1e6, noNaN: true });
const known = fc.array(milliseconds, { minLength: 4, maxLength: 40 });
const learnAll = (waits: readonly number[]) => waits.reduce<RecentWaits>(learnWait, []);

describe("expectedDelayMs", () => {
  test("looks when a fifth of the longer waits had come to their end", () => {
    const waits = learnAll([100, 200, 300, 400, 500, 600, 700, 800]);
    expect(expectedDelayMs(waits, 0)).toBe(200);
    expect(expectedDelayMs(waits, 200)).toBe(200);
    expect(expectedDelayMs(waits, 790)).toBe(10);
  });

  test("says nothing of what is longer than all that is known, nor from three waits", () => {
    expect(expectedDelayMs(learnAll([100, 100, 100, 100]), 100)).toBeUndefined();
    expect(expectedDelayMs(learnAll([100, 100, 100]), 0)).toBeUndefined();
  });

  test("for all waits, the next look lies ahead, and not behind the longest of them", () => {
    fc.assert(
      fc.property(known, milliseconds, (waits, waitedMs) => {
        const delayMs = expectedDelayMs(learnAll(waits), waitedMs) ?? 1;
        expect(delayMs).toBeGreaterThan(0);
        expect(delayMs).toBeLessThanOrEqual(Math.max(1, ...waits));
      }),
    );
  });

  test("for all waits, what was learned long ago is forgotten", () => {
    fc.assert(
      fc.property(
        known,
        fc.array(milliseconds, { minLength: 32, maxLength: 40 }),
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
