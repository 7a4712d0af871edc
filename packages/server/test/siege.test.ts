// The short form of `npm run siege`.
import { expect, test } from "vitest";
import { memoryLimitBytes, runSiege } from "../siege/siege.ts";

test("no attack ends the server, loses a neighbour's acknowledged job or delays its requests", async () => {
  const report = await runSiege({
    durationMs: 10_000,
    kindsTogether: 3,
    variations: 0,
    seed: 1,
    memories: 5000,
  });
  expect(report.deaths).toEqual([]);
  expect(report.lost).toEqual([]);
  expect(report.acknowledged).toBeGreaterThan(20);
  expect(report.peakRssBytes ?? 0).toBeLessThan(memoryLimitBytes);
  expect(report.worstP99Ms).toBeLessThan(5000); // while other tests run; the long form measures
}, 300_000);
