import { expect, test } from "vitest";
import { quantile } from "../bench/clock.ts";
import { withStore } from "../bench/store.ts";
import { measureWaiters } from "../bench/waiters.ts";

test("500 long-polls on one API are each answered within moments of their job's end in another process", async () => {
  const delaysMs = await withStore((store) => measureWaiters(store, 500));
  expect(delaysMs.length).toBe(500);
  console.info(
    `500 waiters: p50 ${quantile(delaysMs, 0.5).toFixed(1)} ms, longest ${Math.max(...delaysMs).toFixed(1)} ms`,
  );
  expect(quantile(delaysMs, 0.5)).toBeLessThan(500);
}, 60_000);
