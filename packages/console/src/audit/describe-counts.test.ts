import { expect, test } from "vitest";
import { describeCounts } from "./describe-counts.ts";

test("the numbers of an event have their nouns and their order, and its labels are left out", () => {
  const meta = { jobs: 1, scope: "user", facts: 2, lessons: 3, memories: 1, key: "01a2" };
  expect(describeCounts(meta)).toEqual(["1 memory", "2 facts", "1 job without its texts", "3 lessons"]);
});
