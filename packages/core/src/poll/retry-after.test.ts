import * as fc from "fast-check";
import { expect, test } from "vitest";
import { parseRetryAfter } from "./retry-after.ts";

const now = Date.UTC(2026, 0, 1, 12, 0, 0);

test("seconds are read as milliseconds", () => {
  fc.assert(
    fc.property(fc.nat(), (seconds) => {
      expect(parseRetryAfter(String(seconds), now)).toBe(seconds * 1000);
    }),
  );
});

test("fractions of a second and space around them are read", () => {
  expect(parseRetryAfter(" 0.25 ", now)).toBe(250);
});

test("each of the three spellings of an HTTP date is read as UTC", () => {
  expect(parseRetryAfter("Thu, 01 Jan 2026 12:00:07 GMT", now)).toBe(7000);
  expect(parseRetryAfter("Thursday, 01-Jan-26 12:00:07 GMT", now)).toBe(7000);
  expect(parseRetryAfter("Thu Jan  1 12:00:07 2026", now)).toBe(7000);
});

test("a two-digit year is never read as more than 50 years ahead", () => {
  expect(parseRetryAfter("Sunday, 06-Nov-94 08:49:37 GMT", now)).toBe(0);
  expect(parseRetryAfter("Sunday, 06-Nov-70 08:49:37 GMT", now)).toBeGreaterThan(0);
});

test("for all moments, an HTTP date means to wait until then, or not at all if it is past", () => {
  fc.assert(
    fc.property(
      fc.date({
        min: new Date("1900-01-01T00:00:00Z"),
        max: new Date("9999-12-31T00:00:00Z"),
        noInvalidDate: true,
      }),
      (moment) => {
        const waitMs = Math.floor(moment.getTime() / 1000) * 1000 - now;
        expect(parseRetryAfter(moment.toUTCString(), now)).toBe(Math.max(0, waitMs));
      },
    ),
  );
});

test.each([
  null,
  undefined,
  "",
  "soon",
  "Soon 5",
  "-5",
  "1e3",
  "0x10",
  "NaN",
  "2026-01-01T12:00:07Z",
  "Thu, 31 Feb 2026 12:00:07 GMT",
  "Thu, 01 Jan 2026 25:00:07 GMT",
  "Thu, 01 Foo 2026 12:00:07 GMT",
])("%j is no Retry-After", (header) => {
  expect(parseRetryAfter(header, now)).toBeUndefined();
});

test("nothing that a server can send throws", () => {
  fc.assert(
    fc.property(fc.fullUnicodeString(), (header) => {
      const delayMs = parseRetryAfter(header, now);
      expect(delayMs === undefined || delayMs >= 0).toBe(true);
    }),
  );
});
