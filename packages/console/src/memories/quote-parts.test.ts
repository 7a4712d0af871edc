import * as fc from "fast-check";
import { expect, test } from "vitest";
import { quoteParts } from "./quote-parts.ts";

const words = (text: string) => ({ text, isDate: false });
const date = (text: string) => ({ text, isDate: true });

test.each([
  ["user: I live in Oslo.", "I live in Oslo.", [words("I live in Oslo.")]],
  [
    "ann, 8 May 2023: I ran yesterday (7 May 2023) (it rained).",
    "I ran yesterday (it rained).",
    [words("I ran yesterday"), date("7 May 2023"), words(" (it rained).")],
  ],
  ["a: b: yesterday (7 May 2023)", "yesterday", [words("yesterday"), date("7 May 2023"), words("")]],
  [
    "ann: yesterday (7 May 2023), and then they we",
    "yesterday, and then they went",
    [words("yesterday, and then they went")],
  ],
])("%j with the words %j", (text, quote, parts) => expect(quoteParts(text, quote)).toEqual(parts));

test("the words are never changed", () => {
  const sent = fc
    .array(fc.constantFrom("a", "yesterday", " (7 May 2023)", " (x)", ": ", " ("))
    .map((all) => all.join(""));
  fc.assert(
    fc.property(sent, sent, (speaker, quote) => {
      const shown = quote.replaceAll("yesterday", "yesterday (7 May 2023)");
      const parts = quoteParts(`${speaker}: ${shown}`, quote);
      const said = parts.filter(({ isDate }) => !isDate).map(({ text }) => text);
      expect(said.join("")).toBe(quote);
    }),
  );
});
