import { expect, test } from "vitest";
import { simulate } from "./simulate.ts";

test("waiting costs less than by the vendor's policy: half the lag by polling alone, next to none with long-polls", async () => {
  const lines = await simulate(12, 100, 1);
  const { vendor, polling, held } = lines.at(-1)!;
  expect(polling.lagMs.median).toBeLessThanOrEqual(vendor.lagMs.median / 2);
  expect(polling.requests).toBeLessThanOrEqual(vendor.requests);
  expect(held.lagMs.median).toBeLessThanOrEqual(vendor.lagMs.median / 20);
  expect(held.requests).toBeLessThanOrEqual(vendor.requests / 2);
  // Where there is little to learn, polling comes to less, but to no more lag than by the vendor's policy.
  for (const line of lines) expect(line.polling.lagMs.median).toBeLessThan(line.vendor.lagMs.median);
});
