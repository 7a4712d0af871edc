import { expect, test } from "vitest";
import { showTimes, withoutShownTimes } from "./dated-text.ts";
import { resolveTimes } from "./resolve-times.ts";

test.each([
  ["User went to the dentist yesterday.", "User went to the dentist yesterday (2 May 2024)."],
  [
    "User moved last month and flies home tomorrow.",
    "User moved last month (April 2024) and flies home tomorrow (4 May 2024).",
  ],
  [
    "User camped last weekend, in the rain.",
    "User camped last weekend (weekend of 27 April 2024), in the rain.",
  ],
  ["User left two years ago.", "User left two years ago (2022)."],
  ["User has lived in Oslo since 2019.", "User has lived in Oslo since 2019."],
  ["User likes tea.", "User likes tea."],
])("shows the times of %j as %j, and hides them again", (text, dated) => {
  const shown = showTimes(text, resolveTimes(text, new Date("2024-05-03T20:00:00Z")));
  expect(shown).toBe(dated);
  expect(withoutShownTimes(shown)).toBe(text);
});
