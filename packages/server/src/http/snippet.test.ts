import fc from "fast-check";
import { expect, test } from "vitest";
import { snippetOf } from "./snippet.ts";

const filler = "The committee reviewed the minutes of the meeting and adjourned. ".repeat(100);

test("shows the beginning of a long memory, then the part with the words of the query", () => {
  const text = `${filler}The vault code is tangerine seven. ${filler}`;
  const snippet = snippetOf(text, "Which tangerines open vaults?");
  expect(snippet).toContain("The vault code is tangerine seven.");
  expect(snippet.startsWith("The committee reviewed")).toBe(true);
});

test("is the beginning if no other part shows more words", () => {
  expect(snippetOf(filler, "committee")).toBe(filler.slice(0, 280));
  expect(snippetOf(filler, "zebra")).toBe(filler.slice(0, 280));
});

test("is a part of the memory with at most so many characters", () => {
  fc.assert(
    fc.property(
      fc.string({ unit: "grapheme", maxLength: 900 }),
      fc.string({ unit: "grapheme" }),
      fc.constantFrom(280, 800),
      (text, query, longest) => {
        const snippet = snippetOf(text, query, longest);
        expect(Array.from(snippet).length).toBeLessThanOrEqual(longest);
        // An ellipsis may also be part of the text.
        if (!text.includes("…"))
          for (const part of snippet.split(" … ")) expect(text.includes(part)).toBe(true);
      },
    ),
  );
});
