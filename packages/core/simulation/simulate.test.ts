import { expect, test } from "vitest";
import { simulate } from "./simulate.ts";

test("polling has at most half the vendor's lag; long-polls have a twentieth with half the requests", async () => {
  const lines = await simulate(12, 100, 1);
  const { vendor, polling, held } = lines.at(-1)!;
  expect(polling.lagMs.median).toBeLessThanOrEqual(vendor.lagMs.median / 2);
  expect(polling.requests).toBeLessThanOrEqual(vendor.requests);
  expect(held.lagMs.median).toBeLessThanOrEqual(vendor.lagMs.median / 20);
  expect(held.requests).toBeLessThanOrEqual(vendor.requests / 2);
  // If past waits help little to predict the next one, the gain is smaller, but the lag is still shorter.
  for (const line of lines) expect(line.polling.lagMs.median).toBeLessThan(line.vendor.lagMs.median);
});
