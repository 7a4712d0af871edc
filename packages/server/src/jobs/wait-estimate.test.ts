import type { JobId } from "@memlane/core";
import { createUuidV7 } from "@memlane/core/internal";
import { expect, test } from "vitest";
import { createWaitEstimate } from "./wait-estimate.ts";

const startMs = 1_700_000_000_000;
const idMadeAt = (ms: number) =>
  createUuidV7({ now: () => ms, randomBytes: (count) => new Uint8Array(count) })() as JobId;

/** An estimate that has read these durations, and a clock to move. */
async function estimateWith(rows: readonly { kind: string; tookMs: readonly number[] }[]) {
  const clock = { nowMs: startMs };
  const sql = { query: async <Row>() => rows as Row[] };
  const estimate = createWaitEstimate(sql, () => clock.nowMs);
  estimate({ id: idMadeAt(startMs), kind: "batch" });
  await Promise.resolve();
  return { clock, estimate };
}

test("the estimate for a new job is the duration of recent jobs of its kind minus its age", async () => {
  const { clock, estimate } = await estimateWith([
    { kind: "batch", tookMs: Array.from({ length: 10 }, () => 8000) },
  ]);
  const job = { id: idMadeAt(startMs), kind: "batch" } as const;
  expect(estimate(job)).toBe(8);
  clock.nowMs += 3000;
  expect(estimate(job)).toBe(5);
  expect(estimate({ id: idMadeAt(clock.nowMs), kind: "ingest" })).toBe(0); // no job of its kind has ended
});

test("the longer a job takes, the longer the estimate, up to half a minute", async () => {
  const { clock, estimate } = await estimateWith([]);
  const job = { id: idMadeAt(startMs), kind: "batch" } as const;
  const looks = [0, 1000, 4000, 20_000, 600_000].map((ageMs) => {
    clock.nowMs = startMs + ageMs;
    return estimate(job);
  });
  expect(looks).toEqual([0, 1, 2, 10, 30]);
});

test("a job with an id from a clock that is ahead counts as new", async () => {
  const { estimate } = await estimateWith([
    { kind: "batch", tookMs: Array.from({ length: 10 }, () => 8000) },
  ]);
  const madeAtMs = startMs + 3_600_000;
  expect(estimate({ id: idMadeAt(madeAtMs), kind: "batch" })).toBe(8);
  expect(estimate({ id: idMadeAt(madeAtMs), kind: "ingest" })).toBe(0);
});

test("if the database does not answer, the estimate is 0 at once, and the caller is not delayed", async () => {
  const estimate = createWaitEstimate({ query: () => Promise.reject(new Error("gone")) }, () => startMs);
  expect(estimate({ id: idMadeAt(startMs), kind: "ingest" })).toBe(0);
});
