import fc from "fast-check";
import { expect, test } from "vitest";
import { fuse } from "./fuse.ts";

const list = fc.uniqueArray(fc.nat({ max: 20 }));

test("a single list keeps its order", () => {
  fc.assert(
    fc.property(list, (items) => {
      expect(fuse([items]).map(([item]) => item)).toEqual(items);
    }),
  );
});

test("only an item that is first in all lists has the score 1, the highest", () => {
  fc.assert(
    fc.property(list, list, (one, other) => {
      for (const [item, score] of fuse([one, other])) {
        expect(score).toBeLessThanOrEqual(1);
        expect(score === 1).toBe(one[0] === item && other[0] === item);
      }
    }),
  );
});

test("an item in two lists comes before an item in one list at the same rank", () => {
  expect(
    fuse([
      ["a", "b"],
      ["c", "b"],
    ]).map(([item]) => item),
  ).toEqual(["b", "a", "c"]);
});
