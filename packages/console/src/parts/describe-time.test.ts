import { expect, test } from "vitest";
import { describeAge, describeDuration } from "./describe-time.ts";

test.each([
  [0, "0 ms"],
  [340.4, "340 ms"],
  [999.6, "1.0 s"],
  [1500, "1.5 s"],
  [9949, "9.9 s"],
  [9999, "9 s"],
  [12_700, "12 s"],
  [59_999, "59 s"],
  [3_900_000, "1 h 5 min"],
  [7_200_000, "2 h"],
  [90_000_000, "1 d 1 h"],
])("%d ms are %s", (ms, text) => {
  expect(describeDuration(ms)).toBe(text);
});

test.each([
  [-12_000, "12 s ago"],
  [-400, "now"],
  [300_000, "in 5 min"],
  [-90_000_000, "1 d ago"],
])("%d ms from now is %s", (ms, text) => {
  expect(describeAge(ms)).toBe(text);
});
