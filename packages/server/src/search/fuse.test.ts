import fc from "fast-check";
import { expect, test } from "vitest";
import { fuse } from "./fuse.ts";

const list = fc.uniqueArray(fc.nat({ max: 20 }));

test("one list stays as it is", () => {
  fc.assert(
    fc.property(list, (items) => {
      expect(fuse([items]).map(([item]) => item)).toEqual(items);
    }),
  );
});

test("what is first everywhere has the score 1, and nothing has more", () => {
  fc.assert(
    fc.property(list, list, (one, other) => {
      for (const [item, score] of fuse([one, other])) {
        expect(score).toBeLessThanOrEqual(1);
        expect(score === 1).toBe(one[0] === item && other[0] === item);
      }
    }),
  );
});

test("what two lists know is before what one knows at the same place", () => {
  expect(
    fuse([
      ["a", "b"],
      ["c", "b"],
    ]).map(([item]) => item),
  ).toEqual(["b", "a", "c"]);
});
