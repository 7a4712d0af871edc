import * as fc from "fast-check";
import { expect, test } from "vitest";
import { storableTextArbitrary } from "../testing/text-arbitrary.ts";
import { boundedText } from "./bounded-text.ts";

test("for all texts, the limit counts code points", () => {
  fc.assert(
    fc.property(storableTextArbitrary, fc.nat({ max: 20 }), (text, maximum) => {
      expect(boundedText(maximum).safeParse(text).success).toBe(Array.from(text).length <= maximum);
    }),
  );
});

test.each(["x", "é", "漢", "🎈"])("16,000 of %s fit, one more does not", (character) => {
  const content = boundedText(16_000);
  expect(content.safeParse(character.repeat(16_000)).success).toBe(true);
  expect(content.safeParse(character.repeat(16_001)).success).toBe(false);
});

test.each([
  ["x".repeat(16_001), "must have at most 16,000 characters"],
  ["", "must not be empty"],
  ["\0", "must contain neither NUL nor a lone surrogate"],
])("a refused text gets an error that names the fault: %#", (text, message) => {
  const { error } = boundedText(16_000, 1).safeParse(text);
  expect(error?.issues.map((issue) => issue.message)).toEqual([message]);
});
