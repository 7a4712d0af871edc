import * as fc from "fast-check";
import { expect, test } from "vitest";
import * as z from "zod/mini";
import { instantWire } from "./instant.ts";

test("for all moments of the years 1 to 9999, what is printed reads back unchanged", () => {
  const moments = fc.date({
    min: new Date("0001-01-01T00:00:00Z"),
    max: new Date("9999-12-31T23:59:59.999Z"),
    noInvalidDate: true,
  });
  fc.assert(
    fc.property(moments, (moment) => {
      expect(instantWire.parse(z.encode(instantWire, moment))).toEqual(moment);
    }),
  );
});

test("an offset is converted to UTC", () => {
  expect(z.encode(instantWire, instantWire.parse("2025-06-01T10:30:00+02:00"))).toBe(
    "2025-06-01T08:30:00.000Z",
  );
});

test.each([
  "2025-06-01",
  "2025-06-01T10:30:00",
  "2025-02-30T00:00:00Z",
  "0000-06-01T00:00:00Z",
  "0001-01-01T00:00:00+01:00",
  "9999-12-31T23:59:59-01:00",
])("%s is refused: it is no moment with an offset in the years 1 to 9999 (UTC)", (text) => {
  expect(instantWire.safeParse(text).success).toBe(false);
});

test.each([new Date(Number.NaN), new Date("0000-06-01T00:00:00Z"), new Date("+010000-01-01T00:00:00Z")])(
  "%s is not printed, because it could not be read again",
  (date) => {
    expect(z.safeEncode(instantWire, date).success).toBe(false);
  },
);
