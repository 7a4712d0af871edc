import * as fc from "fast-check";
import { expect, test } from "vitest";
import { parseTimestamp, timestampWire } from "./timestamp.ts";

test.each([
  ["2025-02-28", "2025-02-28T00:00:00.000Z"],
  ["2024-02-29", "2024-02-29T00:00:00.000Z"],
  ["2025-06-01T10:30", "2025-06-01T10:30:00.000Z"],
  ["2025-06-01 10:30:15", "2025-06-01T10:30:15.000Z"],
  ["2025-06-01T10:30Z", "2025-06-01T10:30:00.000Z"],
  ["2025-06-01T10:30+02:00", "2025-06-01T08:30:00.000Z"],
  ["2025-06-01T10:30:15.123456Z", "2025-06-01T10:30:15.123Z"],
  ["2025-06-01T10:30:15-0330", "2025-06-01T14:00:15.000Z"],
  ["2025-06-01T10:30:15+05", "2025-06-01T05:30:15.000Z"],
  ["0001-01-01T00:00:00Z", "0001-01-01T00:00:00.000Z"],
  ["9999-12-31T23:59:59.999Z", "9999-12-31T23:59:59.999Z"],
])("%s is a moment", (text, moment) => {
  expect(parseTimestamp(text)?.toISOString()).toBe(moment);
});

test.each([
  "",
  "yesterday",
  "2025-02-30",
  "2025-02-29",
  "2025-13-01",
  "2025-00-01",
  "2025-01-01T24:00:00Z",
  "2025-01-01T10:60:00Z",
  "2025-01-01T10",
  "2025-01-01T",
  "2025-01-01Z",
  "2025-01-01T10:00:00+24:00",
  "2025-01-01T10:00:00 Z",
  "20250101",
  "2025-W01-1",
  "1735689600",
  "0000-01-01",
  "-000001-01-01",
  "+010000-01-01T00:00:00Z",
  "0001-01-01T00:00:00+01:00",
  "9999-12-31T23:59:59-01:00",
  "2025-06-01T10:30:15\n",
])("%j is no moment", (text) => {
  expect(parseTimestamp(text)).toBeUndefined();
});

test("for all moments with a four-digit year, what toISOString prints reads back", () => {
  const moments = fc.date({
    min: new Date("0001-01-01T00:00:00Z"),
    max: new Date("9999-12-31T23:59:59.999Z"),
    noInvalidDate: true,
  });
  fc.assert(
    fc.property(moments, (moment) => {
      expect(parseTimestamp(moment.toISOString())).toEqual(moment);
    }),
  );
});

test("a refusal quotes the text", () => {
  const refused = timestampWire.safeParse("yesterday");
  expect(refused.error?.issues[0]?.message).toBe(
    "'yesterday' is not an ISO 8601 date or datetime (e.g. '2026-03-01' or '2026-03-01T14:30:00Z')",
  );
});
