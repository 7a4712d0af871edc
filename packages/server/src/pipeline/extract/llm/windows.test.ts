import fc from "fast-check";
import { expect, test } from "vitest";
import { quoteMessage, type CitableMessage } from "./quote.ts";
import { estimateTokens } from "./tokens.ts";
import { planReading } from "./windows.ts";

const conversation = fc
  .array(
    fc.record({
      role: fc.constantFrom("user", "assistant"),
      content: fc.oneof(
        fc.lorem({ maxCount: 400 }),
        fc.string({ minLength: 1, maxLength: 3000, unit: "grapheme" }).map((text) => text.trim() || "…"),
      ),
      saidAt: fc.constant(null),
      eventId: fc.constant(null),
    }),
    { maxLength: 12 },
  )
  .map((messages) =>
    messages.map((message, index) => ({
      ...message,
      speaker: "user" as const,
      ownContent: message.content,
      index,
    })),
  );
const limits = fc.record({
  windowTokens: fc.integer({ min: 100, max: 2000 }),
  budgetTokens: fc.integer({ min: 100, max: 20_000 }),
  overheadTokens: fc.constant(50),
});
const sizeOf = (window: readonly CitableMessage[]) =>
  window.reduce((sum, message) => sum + estimateTokens(quoteMessage(message)), 0);
const withoutSpace = (text: string) => text.replaceAll(/\s/g, "");

test("no window exceeds its limit, and all requests together stay in the budget", () => {
  fc.assert(
    fc.property(conversation, limits, (messages, allowed) => {
      const { windows } = planReading(messages, allowed);
      for (const window of windows) expect(sizeOf(window)).toBeLessThanOrEqual(allowed.windowTokens);
      const spent = windows.reduce((sum, window) => sum + sizeOf(window) + allowed.overheadTokens, 0);
      expect(spent).toBeLessThanOrEqual(allowed.budgetTokens);
    }),
  );
});

test("with a sufficient budget everything is read, in order", () => {
  fc.assert(
    fc.property(conversation, limits, (messages, allowed) => {
      const { windows, unread } = planReading(messages, { ...allowed, budgetTokens: Infinity });
      expect(unread).toEqual([]);
      // A later window may begin with the last message of the window before it.
      const pieces = [...new Set(windows.flat())];
      const read = messages.map((_, index) =>
        pieces.filter(({ citedAs }) => citedAs === `m${index + 1}`).map(({ content }) => content),
      );
      expect(read.map((parts) => withoutSpace(parts.join("")))).toEqual(
        messages.map(({ content }) => withoutSpace(content)),
      );
    }),
  );
});

test("messages that are not read, or only in part, are reported", () => {
  fc.assert(
    fc.property(conversation, limits, (messages, allowed) => {
      const { windows, unread } = planReading(messages, allowed);
      const read = new Set(windows.flat().map(({ index }) => index));
      // All messages from the first unread one on. The first may have been read in part.
      expect(unread).toEqual(messages.map(({ index }) => index).slice(messages.length - unread.length));
      expect(read.size + unread.length).toBeGreaterThanOrEqual(messages.length);
      expect(read.size + unread.length).toBeLessThanOrEqual(messages.length + 1);
    }),
  );
});

test("a window begins with the message before it, so that an answer has its question", () => {
  const say = (content: string) => ({
    role: "user",
    speaker: "user" as const,
    content,
    ownContent: content,
    saidAt: null,
    eventId: null,
    index: 0,
  });
  const { windows } = planReading(["a ".repeat(100), "Any pets?", `Two cats. ${"b ".repeat(100)}`].map(say), {
    windowTokens: 130,
    budgetTokens: 10_000,
    overheadTokens: 0,
  });
  expect(windows.map((window) => window.map(({ citedAs }) => citedAs))).toEqual([
    ["m1", "m2"],
    ["m2", "m3"],
  ]);
});
