import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createTimestampParser } from "./timestamp-format.ts";

const read = (text: string, format: string) =>
  createTimestampParser(format)(text)?.saidAt.toISOString() ?? null;

describe("createTimestampParser", () => {
  it.each([
    ["2023-05-08", "%Y-%m-%d", "2023-05-08T00:00:00.000Z"],
    ["1:56 pm on 8 May, 2023", "%I:%M %p on %d %B, %Y", "2023-05-08T13:56:00.000Z"],
    ["12:05 AM", "%I:%M %p", null], // no year
    ["2024-02-29 12:05 AM", "%Y-%m-%d %I:%M %p", "2024-02-29T00:05:00.000Z"],
    ["Mon, 01 Jan 24 09:08:07", "%a, %d %b %y %H:%M:%S", "2024-01-01T09:08:07.000Z"],
    ["Wednesday 3 july 1985", "%A %d %B %Y", "1985-07-03T00:00:00.000Z"],
    ["2024-01-01T10:00:00.123456+0530", "%Y-%m-%dT%H:%M:%S.%f%z", "2024-01-01T04:30:00.123Z"],
    ["2024-01-01 10:00 -08:00", "%Y-%m-%d %H:%M %z", "2024-01-01T18:00:00.000Z"],
    ["2024-01-01 10:00 UTC", "%Y-%m-%d %H:%M %Z", "2024-01-01T10:00:00.000Z"],
    ["2024 366", "%Y %j", "2024-12-31T00:00:00.000Z"],
    ["100% of 2024", "100%% of %Y", "2024-01-01T00:00:00.000Z"],
    ["69/68", "%y/68", "1969-01-01T00:00:00.000Z"],
    ["  2024   5", "%Y %m", "2024-05-01T00:00:00.000Z"],
  ])("reads %j by %j as %j", (text, format, expected) => {
    expect(read(text, format)).toBe(expected);
  });

  it.each([
    ["2023-02-29", "%Y-%m-%d"],
    ["2023-13-01", "%Y-%m-%d"],
    ["2023-00-10", "%Y-%m-%d"],
    ["2023 366", "%Y %j"],
    ["2023-01-01 24:00", "%Y-%m-%d %H:%M"],
    ["2023-01-01 13:00 PM", "%Y-%m-%d %I:%M %p"],
    ["2023-01-01 10:00 EST", "%Y-%m-%d %H:%M %Z"],
    ["2023-01-01 and more", "%Y-%m-%d"],
    ["2023-01", "%Y-%m-%d"],
    ["yesterday", "%Y-%m-%d"],
    ["2023", "%Q"],
    ["", ""],
    [`2023${"x".repeat(200)}`, `%Y${"x".repeat(200)}`], // longer than any format
  ])("returns null for %j by %j", (text, format) => {
    expect(read(text, format)).toBeNull();
  });

  it("reads every time that the same format wrote", () => {
    const moment = fc.date({ min: new Date("1000-01-01"), max: new Date("9999-12-31"), noInvalidDate: true });
    fc.assert(
      fc.property(moment, (date) => {
        const text = date.toISOString().replace("T", " at ");
        expect(createTimestampParser("%Y-%m-%d at %H:%M:%S.%f%z")(text)?.saidAt).toEqual(date);
      }),
    );
  });

  it("returns a valid date or null for any text and any format", () => {
    const format = fc.oneof(fc.string(), fc.stringMatching(/^[%YymdjHIMSfpbBaAzZ 1:-]*$/));
    fc.assert(
      fc.property(fc.fullUnicodeString(), format, (text, pattern) => {
        expect(() => read(text, pattern)).not.toThrow();
      }),
    );
  });
});
