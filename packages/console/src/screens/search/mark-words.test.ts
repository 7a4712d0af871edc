import { expect, test } from "vitest";
import { markWords } from "./mark-words.ts";

const marked = (text: string, query: string) =>
  markWords(text, query).flatMap(({ part, isMarked }) => (isMarked ? [part] : []));

test.each([
  ["User likes tea.", "What does the user like?", ["User", "likes"]],
  ["Ann: I moved to Rome.", "rome", ["Rome"]],
  ["A cat is a cat.", "catalogue", []],
  ["Je suis né à Orléans.", "né orléans", ["Orléans"]],
  ["is it", "it is", []],
])("in %j, %j marks %j", (text, query, expected) => expect(marked(text, query)).toEqual(expected));

test("no part of the text is lost", () => {
  const text = "  Ann, 8 May 2023: I – went… ";
  expect(
    markWords(text, "went may")
      .map(({ part }) => part)
      .join(""),
  ).toBe(text);
});
