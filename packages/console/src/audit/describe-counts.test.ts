import { expect, test } from "vitest";
import { describeCounts } from "./describe-counts.ts";

test("the numbers of an event have their nouns, and its labels are left out", () => {
  const meta = { scope: "user", memories: 1, facts: 2, jobs: 1, key: "01a2", lessons: 3 };
  expect(describeCounts(meta)).toEqual(["1 memory", "2 facts", "1 job without its texts", "3 lessons"]);
});
