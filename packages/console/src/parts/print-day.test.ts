import { expect, test } from "vitest";
import { printTick } from "./print-day.ts";

const dayMs = 86_400_000;

test.each([1, 30, 200, 1000])(
  "moments on an axis of %i days that are a quarter apart look different",
  (days) => {
    const spanMs = days * dayMs;
    const ticks = [0, 0.25, 0.5, 0.75].map((share) => printTick(share * spanMs, spanMs));
    expect(new Set(ticks).size).toBe(4);
  },
);
