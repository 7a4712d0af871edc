import { expect, test } from "vitest";
import { simulate } from "./simulate.ts";

test("polling has at most half the vendor's lag; long-polls have a twentieth with half the requests", async () => {
  const rows = await simulate(12, 100, 1);
  const { vendor, polling, longPolled } = rows.at(-1)!;
  expect(polling.lagMs.median).toBeLessThanOrEqual(vendor.lagMs.median / 2);
  expect(polling.requests).toBeLessThanOrEqual(vendor.requests);
  expect(longPolled.lagMs.median).toBeLessThanOrEqual(vendor.lagMs.median / 20);
  expect(longPolled.requests).toBeLessThanOrEqual(vendor.requests / 2);
  // If past waits help little to predict the next one, the gain is smaller, but the lag is still shorter.
  for (const row of rows) expect(row.polling.lagMs.median).toBeLessThan(row.vendor.lagMs.median);
});
