import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { normaliseMessages } from "./normalise-messages.ts";

const normaliseText = (content: string) => normaliseMessages([{ role: "user", content }])[0]?.content;
const readDate = (date: string, format?: string) =>
  normaliseMessages([{ role: "user", content: "hi", date }], format)[0]?.saidAt?.toISOString() ?? null;

const marked = fc
  .array(fc.constantFrom("\u0301", "\u0316", "\u0344", "\u0F73"), { maxLength: 80 })
  .map((marks) => `a${marks.join("")}`);

describe("normaliseMessages", () => {
  it("keeps the role and the caller's id", () => {
    expect(normaliseMessages([{ role: "Ann", content: "hi", dia_id: "D1:3" }])).toEqual([
      {
        role: "Ann",
        speaker: "user",
        content: "hi",
        ownContent: "hi",
        saidAt: null,
        eventId: "D1:3",
        index: 0,
      },
    ]);
  });

  it("hears a user whose name is also a model's", () => {
    const messages = [
      { role: "user", name: "Gemma", content: "hi" },
      { role: "assistant", name: "Gemma", content: "hello" },
    ];
    expect(normaliseMessages(messages).map(({ speaker }) => speaker)).toEqual(["user", "machine"]);
  });

  it.each([
    ["  a \t b  ", "a b"],
    ["a\r\n\r\n  b\u2028c", "a\nb\nc"],
    ["cafe\u0301", "café"],
    ["a\0b", "a b"],
    ["a\ud800b", "a\ufffdb"],
  ])("tidies %j to %j", (content, tidy) => {
    expect(normaliseText(content)).toBe(tidy);
  });

  it("drops messages without text", () => {
    expect(
      normaliseMessages([
        { role: "user", content: " \n\t\0 " },
        { role: "user", content: "" },
      ]),
    ).toEqual([]);
  });

  it("reads dates in the given format, or else in ISO 8601", () => {
    expect(readDate("2024-05-01")).toBe("2024-05-01T00:00:00.000Z");
    expect(readDate("2024-05-01T10:00:00+02:00")).toBe("2024-05-01T08:00:00.000Z");
    expect(readDate("01.05.2024", "%d.%m.%Y")).toBe("2024-05-01T00:00:00.000Z");
    expect(readDate("2024-05-01", "%d.%m.%Y")).toBe("2024-05-01T00:00:00.000Z");
    expect(readDate("5/1/2024", "%d.%m.%Y")).toBeNull();
  });

  it("reads the offset of a date", () => {
    const offsetOf = (date: string, format: string | null = null) =>
      normaliseMessages([{ role: "user", content: "a", date }], format)[0]?.utcOffsetMinutes ?? 0;
    expect(offsetOf("2024-05-01")).toBe(0);
    expect(offsetOf("2024-05-01T10:00:00Z")).toBe(0);
    expect(offsetOf("2024-05-01T10:00:00+02:00")).toBe(120);
    expect(offsetOf("2024-05-01 10:00:00-0330")).toBe(-210);
    expect(offsetOf("2024-05-01T10:00-08")).toBe(-480);
    expect(offsetOf("1.5.2024 10:00 +0530", "%d.%m.%Y %H:%M %z")).toBe(330);
  });

  it("gives a message without a date the date of the message before it; at the beginning, the first date", () => {
    const said = [null, "2024-05-01", "", "2024-05-02", null].map((date) => ({
      role: "user",
      content: "a",
      date,
    }));
    expect(normaliseMessages(said).map(({ saidAt }) => saidAt?.getUTCDate())).toEqual([1, 1, 1, 2, 2]);
  });

  it("keeps a message with an unreadable date", () => {
    expect(readDate("last tuesday")).toBeNull();
  });

  it("removes combining marks beyond what any language uses", () => {
    expect(normaliseText(`a${"\u0301\u0316".repeat(100)}b`)).toHaveLength(31); // of 32 characters, the first two become one
    expect(normaliseText(`a${"\u0344".repeat(100)}b`)).toHaveLength(32);
    expect(normaliseText("e\u0301")).toBe("é");
  });

  it("does not change messages that are already normalised", () => {
    fc.assert(
      fc.property(fc.oneof(fc.fullUnicodeString(), marked), (content) => {
        const once = normaliseText(content);
        expect(once === undefined ? undefined : normaliseText(once)).toBe(once);
      }),
    );
  });
});
