import * as z from "zod/mini";
import { isInstant } from "./instant.ts";

const shape =
  /^(?<date>\d{4}-\d\d-\d\d)(?:[T ](?<minute>\d\d:\d\d)(?<second>:\d\d(?:\.\d+)?)?(?:Z|(?<hours>[+-]\d\d)(?::?(?<minutes>\d\d))?)?)?$/;
const strict = z.iso.datetime({ offset: true });

/**
 * The moment of an ISO 8601 date or datetime; undefined if it is neither. The default time is midnight, the
 * default offset UTC. As in RFC 3339, a space may replace the `T`.
 */
export function parseTimestamp(text: string): Date | undefined {
  const parts = shape.exec(text)?.groups;
  if (parts === undefined) return undefined;
  const { date, minute = "00:00", second = ":00", hours = "+00", minutes = "00" } = parts;
  const full = `${date}T${minute}${second}${hours}:${minutes}`;
  // `Date` would read 30 February as 2 March; the schema refuses it.
  if (!strict.safeParse(full).success) return undefined;
  const moment = new Date(full);
  return isInstant(moment) ? moment : undefined;
}

/** An ISO 8601 date or datetime; without an offset it is UTC. */
export const timestampWire = z.string().check(
  z.refine((text) => parseTimestamp(text) !== undefined, {
    error: ({ input }) =>
      `'${String(input)}' is not an ISO 8601 date or datetime (e.g. '2026-03-01' or '2026-03-01T14:30:00Z')`,
  }),
  z.meta({ description: "An ISO 8601 date or datetime; UTC if it has no offset." }),
);
