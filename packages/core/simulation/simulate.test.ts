import { expect, test } from "vitest";
import { simulate } from "./simulate.ts";

test("waiting costs less than by the vendor's policy: half the lag by polling alone, next to none with held answers", async () => {
  const { vendor, polling, held } = (await simulate(12, 100, 1)).at(-1)!;
  expect(polling.lagMs.median).toBeLessThanOrEqual(vendor.lagMs.median / 2);
  expect(polling.requests).toBeLessThanOrEqual(vendor.requests);
  expect(held.lagMs.median).toBeLessThanOrEqual(vendor.lagMs.median / 20);
  expect(held.requests).toBeLessThanOrEqual(vendor.requests / 2);
});
