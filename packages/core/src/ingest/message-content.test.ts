import * as fc from "fast-check";
import { expect, test } from "vitest";
import { readMessageContent } from "./message-content.ts";

test.each([
  ["a text", "Hi", "Hi", 0],
  ["nothing", undefined, "", 0],
  ["null", null, "", 0],
  [
    "text parts",
    [
      { type: "text", text: "a" },
      { type: "text", text: "b" },
    ],
    "a\nb",
    0,
  ],
  [
    "OpenAI's input and output",
    [
      { type: "input_text", text: "a" },
      { type: "output_text", text: "b" },
    ],
    "a\nb",
    0,
  ],
  ["Gemini's parts", [{ text: "a" }, { inlineData: { data: "" } }], "a", 1],
  ["texts in a list", ["a", "b"], "a\nb", 0],
  ["one part", { type: "text", text: "a" }, "a", 0],
  ["images, sound and files", [{ type: "image_url" }, { type: "input_audio" }, { type: "file" }], "", 3],
  [
    "a tool's result",
    [
      { type: "tool_result", content: "42" },
      { type: "text", text: "a" },
    ],
    "a",
    1,
  ],
  ["a tool's call", [{ type: "tool_use", name: "x", input: {} }], "", 1],
  [
    "thoughts",
    [
      { type: "thinking", thinking: "x" },
      { type: "reasoning", text: "y" },
    ],
    "",
    2,
  ],
  ["what is no part", [null, 7, [], { type: "text" }, { type: "text", text: 7 }], "", 5],
])("reads %s", (_, content, text, skippedParts) => {
  expect(readMessageContent(content)).toEqual({ text, skippedParts });
});

test("each part of any list is either read or counted", () => {
  fc.assert(
    fc.property(fc.array(fc.oneof(fc.jsonValue(), fc.record({ text: fc.constant("x") }))), (parts) => {
      const { text, skippedParts } = readMessageContent(parts);
      if (skippedParts === parts.length) expect(text).toBe("");
      expect(skippedParts).toBeLessThanOrEqual(parts.length);
    }),
  );
});
