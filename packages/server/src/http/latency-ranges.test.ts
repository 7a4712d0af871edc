import fc from "fast-check";
import { expect, test } from "vitest";
import { percentileOf, rangeOf } from "./latency-ranges.ts";

test("a percentile is right to a tenth, for latencies up to a minute", () => {
  const latency = fc.double({ min: 1, max: 60_000, noNaN: true });
  fc.assert(
    fc.property(fc.array(latency, { minLength: 1 }), fc.constantFrom(0.5, 0.95), (latencies, share) => {
      const counts = Array.from({ length: 64 }, () => 0);
      for (const ms of latencies) counts[rangeOf(ms)]! += 1;
      const exact = latencies.toSorted((one, two) => one - two)[Math.ceil(share * latencies.length) - 1]!;
      const found = percentileOf(counts, share)!;
      expect(Math.abs(found - exact)).toBeLessThanOrEqual(0.1 * exact + 0.5);
    }),
  );
});

test("no latency is outside of the ranges", () => {
  expect([rangeOf(0), rangeOf(1e9)]).toEqual([0, 63]);
  expect(percentileOf([], 0.5)).toBeNull();
});
