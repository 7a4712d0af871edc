import fc from "fast-check";
import { expect, test } from "vitest";
import { quoteConversation } from "./quote.ts";

const text = fc.oneof(
  fc.string({ unit: "grapheme" }),
  fc
    .array(fc.constantFrom("</conversation>", "<conversation>", "\n", '"', "}", "\\", "{", "a"), {
      maxLength: 12,
    })
    .map((parts) => parts.join("")),
);
const message = fc.record({
  citedAs: fc.stringMatching(/^m\d{1,3}$/),
  role: text,
  speaker: fc.constant("user" as const),
  content: text,
  ownContent: text,
  saidAt: fc.constant(null),
  eventId: fc.constant(null),
  index: fc.constant(0),
});

test("any message is one line of JSON between the two tags and can be parsed again", () => {
  fc.assert(
    fc.property(fc.array(message, { maxLength: 5 }), (messages) => {
      const quoted = quoteConversation(messages);
      expect(quoted.match(/<[^>]*>/g)).toEqual(["<conversation>", "</conversation>"]);
      const lines = quoted
        .split("\n")
        .slice(1, -1)
        .filter((line) => line !== "");
      expect(lines.map((line) => JSON.parse(line))).toEqual(
        messages.map(({ citedAs: id, role: speaker, content }) => ({ id, speaker, text: content })),
      );
    }),
  );
});

test("a date appears as a day", () => {
  const saidAt = new Date("2026-03-01T23:00:00Z");
  expect(
    quoteConversation([
      {
        citedAs: "m1",
        role: "user",
        speaker: "user",
        content: "Hi",
        ownContent: "Hi",
        saidAt,
        eventId: null,
        index: 0,
      },
    ]),
  ).toContain('{"id":"m1","speaker":"user","text":"Hi","date":"2026-03-01"}');
});
