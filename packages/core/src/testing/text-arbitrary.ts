import * as fc from "fast-check";

/** One Unicode character that UTF-8 and PostgreSQL support: no half of a surrogate pair, no NUL. */
const storableCharacter = fc.string({ unit: "binary", minLength: 1, maxLength: 1 }).filter((c) => c !== "\0");

/** Any text that can be stored, from all of Unicode: emoji, right-to-left, combining marks, controls. */
export const storableTextArbitrary: fc.Arbitrary<string> = fc.oneof(
  fc.string({ unit: storableCharacter }),
  fc.string({ unit: "grapheme" }),
);
