import * as z from "zod/mini";

/** The first moment that both ISO 8601 with four digits of year and PostgreSQL can write. */
export const earliestInstant = new Date("0001-01-01T00:00:00.000Z");
/** The last moment that four digits of year can write. */
export const latestInstant = new Date("9999-12-31T23:59:59.999Z");

/** Whether `toISOString` prints the date so that it reads back: its year has four digits. */
export function isInstant(date: Date): boolean {
  return date >= earliestInstant && date <= latestInstant;
}

/** A moment as ISO 8601 with an offset; printed in UTC with milliseconds. */
export const instantWire = z.codec(
  z.iso.datetime({ offset: true }),
  z.date().check(z.refine(isInstant, { error: "is not in the years 1 to 9999" })),
  { decode: (text) => new Date(text), encode: (date) => date.toISOString() },
);
