// The values that both dialects write in the same way.
import * as z from "zod/mini";
import { groupIds, jobIds, memoryIds, type IdCodec } from "../ids/id.ts";
import type { Uuid } from "../ids/uuid.ts";

const idSchema = <Id extends Uuid>(ids: IdCodec<Id>, print: (id: Id) => string, example: string) =>
  z.codec(z.string().check(z.meta({ examples: [example] })), z.custom<Id>(), {
    decode: (text, context) => {
      const id = ids.parse(text);
      if (id !== undefined) return id;
      const message = `is neither ${ids.prefix}<32 hex digits> nor a UUID`;
      context.issues.push({ code: "custom", input: text, message });
      return z.NEVER;
    },
    encode: print,
  });

/** `job_<32 hex>`. */
export const jobIdWire = idSchema(jobIds, jobIds.print, "job_019a2f3c4d5e7f60a1b2c3d4e5f60718");
/** A memory id that is printed as a UUID with dashes. */
export const memoryUuidWire = idSchema(memoryIds, (id) => id, "019a2f3c-4d5e-7f60-a1b2-c3d4e5f60718");
/** A memory id that is printed as `mem_<32 hex>`. */
export const memoryIdWire = idSchema(memoryIds, memoryIds.print, "mem_019a2f3c4d5e7f60a1b2c3d4e5f60718");
/** `grp_<32 hex>`. */
export const groupIdWire = idSchema(groupIds, groupIds.print, "grp_019a2f3c4d5e7f60a1b2c3d4e5f60718");

/** A moment as ISO 8601 with an offset; printed in UTC with milliseconds. */
export const instantWire = z.codec(z.iso.datetime({ offset: true }), z.custom<Date>(), {
  decode: (text) => new Date(text),
  encode: (date) => date.toISOString(),
});

/** A text of at most this many characters, counted as Unicode code points. */
export const boundedText = (maximum: number, minimum = 0) =>
  z.string().check(
    z.refine((text) => characterCount(text) <= maximum, {
      error: `must have at most ${maximum.toLocaleString("en")} characters`,
      abort: true,
    }),
    z.refine((text) => text.length >= minimum, { error: "must not be empty" }),
    z.meta({ maxLength: maximum, ...(minimum > 0 && { minLength: minimum }) }),
  );

function characterCount(text: string): number {
  let count = 0;
  for (const _ of text) count += 1;
  return count;
}

const year0001 = "0001";

/** An ISO 8601 date or datetime; without an offset it is UTC. */
export const timestampWire = z.string().check(
  z.refine((text) => parseTimestamp(text) !== undefined, {
    error: ({ input }) => `'${String(input)}' is not an ISO 8601 date or datetime`,
  }),
  z.meta({ description: "An ISO 8601 date or datetime; UTC when it has no offset." }),
);

const isoDate = z.iso.date();
const isoDatetime = z.iso.datetime({ offset: true, local: true });

/** The moment that an ISO 8601 date or datetime names; undefined when it is neither. */
export function parseTimestamp(text: string): Date | undefined {
  if (text < year0001) return undefined; // the year 0 does not exist in ISO 8601's calendar of use
  if (isoDate.safeParse(text).success) return new Date(`${text}T00:00:00Z`);
  if (!isoDatetime.safeParse(text).success) return undefined;
  return new Date(/(?:Z|[+-]\d\d:?\d\d)$/.test(text) ? text : `${text}Z`);
}
