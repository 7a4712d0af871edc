import fc from "fast-check";
import { expect, test } from "vitest";
import { endpointSentence } from "./endpoint-sentence.ts";

const apiKey = "sk-abcdefghijkl";

test.each([
  ["Model not found.", "Model not found."],
  ["two\n\tlines\0", "two lines"],
  [`Incorrect API key provided: ${apiKey}.`, "Incorrect API key provided: …."],
  ["Incorrect API key provided: sk-abc***jkl.", "Incorrect API key provided: …."],
  ["Bad value 'Oslo' for 'content'", "Bad value '…' for 'content'"],
  ["I'm sorry, I can't do that.", "I'm sorry, I can't do that."],
  ["Bad input: 'I live in Oslo' is too long", "Bad input: '…' is too long"],
])("%j becomes %j", (sentence, own) => {
  expect(endpointSentence(sentence, { apiKey, texts: ["I live in Oslo"] })).toBe(own);
});

test("it has a bounded length, and contains neither the key nor more than a few characters of a text", () => {
  const text = fc.string({ minLength: 20, maxLength: 60, unit: fc.constantFrom(..."abcdefgh ".split("")) });
  fc.assert(
    fc.property(fc.string(), text, fc.string(), (before, said, after) => {
      const own = endpointSentence(`${before}${apiKey} ${said}${after}`.repeat(3), { apiKey, texts: [said] });
      expect(own.length).toBeLessThanOrEqual(300);
      expect(own).not.toContain(apiKey);
      expect(own).not.toContain(said.trim().replaceAll(/\s+/g, " ").slice(0, 15).padEnd(15, "#"));
    }),
  );
});
