import * as fc from "fast-check";
import { expect, test } from "vitest";
import { resolveDates } from "./resolve-dates.ts";

const saidAt = new Date("2023-05-08T13:56:00Z"); // a Monday

test.each([
  ["I was there yesterday.", "I was there yesterday (7 May 2023)."],
  ["Last Friday we met.", "Last Friday (5 May 2023) we met."],
  [
    "We moved three years ago, last month it was sold.",
    "We moved three years ago (2020), last month (April 2023) it was sold.",
  ],
  ["It opens next week", "It opens next week (week of 15 May 2023)"],
  ["A few years ago it rained for 4 years.", "A few years ago it rained for 4 years."],
  ["The sun may shine now on Sunday night.", "The sun may shine now on Sunday night."],
])("%s becomes %s", (text, resolved) => {
  expect(resolveDates(text, saidAt)).toBe(resolved);
});

test("around midnight the day is that of UTC", () => {
  expect(resolveDates("tomorrow", new Date("2023-05-08T23:59:00Z"))).toBe("tomorrow (9 May 2023)");
  expect(resolveDates("tomorrow", new Date("2023-05-08T00:01:00Z"))).toBe("tomorrow (9 May 2023)");
});

test("for all texts, the words stay", () => {
  fc.assert(
    fc.property(fc.string(), fc.constantFrom("yesterday", "last week", "2 days ago"), (text, words) => {
      const said = `${text} ${words}`;
      expect(resolveDates(said, saidAt).replaceAll(/ \((?:week of )?\d+ May 2023\)/g, "")).toBe(said);
    }),
  );
});
