import * as fc from "fast-check";
import { expect, test } from "vitest";
import { storableTextArbitrary } from "../testing/text-arbitrary.ts";
import { isStorable, maximumDepth, replaceUnstorable, replaceUnstorableIn } from "./storable.ts";

const bad = fc.constantFrom("\0", "\u{d800}", "\u{dfff}", "\u{dc00}\u{d800}");

test("for all texts, a text is storable if and only if UTF-8 preserves it and it has no NUL", () => {
  fc.assert(
    fc.property(fc.string16bits(), (text) => {
      const utf8 = new TextDecoder().decode(new TextEncoder().encode(text));
      const survives = utf8 === text && !text.includes("\0");
      // TextDecoder removes a leading byte order mark.
      fc.pre(!text.startsWith("\u{feff}"));
      expect(isStorable(text)).toBe(survives);
    }),
  );
});

test("all values of the arbitrary of storable texts are storable", () => {
  fc.assert(
    fc.property(storableTextArbitrary, (text) => {
      expect(isStorable(text)).toBe(true);
    }),
  );
});

test("for all JSON, one bad text anywhere in it, also in a key, makes it unstorable", () => {
  fc.assert(
    fc.property(storableTextArbitrary, storableTextArbitrary, bad, (before, after, text) => {
      const broken = before + text + after;
      for (const value of [broken, [[broken]], { a: { b: broken } }, { a: [{ [broken]: 1 }] }]) {
        expect(isStorable(value)).toBe(false);
      }
    }),
  );
});

function nested(depth: number): unknown {
  return JSON.parse("[".repeat(depth) + "]".repeat(depth));
}

test("nesting has a limit, so that printing a value cannot overflow the stack", () => {
  expect(isStorable(nested(maximumDepth))).toBe(true);
  expect(isStorable(nested(maximumDepth + 1))).toBe(false);
  expect(isStorable(nested(5000))).toBe(false);
});

test("characters that cannot be stored are replaced and counted", () => {
  expect(replaceUnstorable("a\0b\u{d800}\u{1f388}")).toEqual({
    value: "a\u{fffd}b\u{fffd}\u{1f388}",
    replaced: 2,
  });
});

test("for all JSON values, the result can be stored, and a storable value is unchanged", () => {
  fc.assert(
    fc.property(fc.string16bits(), fc.string16bits(), (key, text) => {
      const { value, replaced } = replaceUnstorableIn({ [key]: [text, 1, null] });
      expect(isStorable(value)).toBe(true);
      expect(replaced > 0).toBe(!isStorable([key, text]));
      expect(replaceUnstorableIn(value)).toEqual({ value, replaced: 0 });
    }),
  );
});
