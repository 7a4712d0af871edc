import { expect, test } from "vitest";
import { createRecentResults } from "./recent-results.ts";

test("a result is shared for some time, by name, and an error is not", async () => {
  let nowMs = 0;
  let reads = 0;
  const recently = createRecentResults<number>(1000, () => nowMs);
  const read = async () => (reads += 1);
  expect([await recently("a", read), await recently("a", read), await recently("b", read)]).toEqual([
    1, 1, 2,
  ]);
  nowMs = 999;
  expect(await recently("a", read)).toBe(1);
  nowMs = 1000;
  expect(await recently("a", read)).toBe(3);
  await expect(recently("c", () => Promise.reject(new Error("gone")))).rejects.toThrow("gone");
  expect(await recently("c", read)).toBe(4);
});
