import * as Schema from "@effect/schema/Schema";

const earliest = new Date("0001-01-01T00:00:00.000Z");
const latest = new Date("9999-12-31T23:59:59.999Z");
const time = "(?:[01]\\d|2[0-3]):[0-5]\\d";
const shape = new RegExp(`^\\d{4}-\\d{2}-\\d{2}T${time}:[0-5]\\d(?:\\.\\d+)?(?:Z|[+-]${time})$`);

/** Whether a text begins with an existing day. `Date` would read 30 February as 2 March. */
function opensWithDay(text: string): boolean {
  const day = text.slice(0, 10);
  const midnight = new Date(`${day}T00:00:00Z`);
  return !Number.isNaN(midnight.getTime()) && midnight.toISOString().startsWith(day);
}

/** A moment as ISO 8601 with an offset; printed in UTC with milliseconds. */
export const Instant: Schema.Schema<Date, string> = Schema.transform(
  Schema.String.pipe(Schema.pattern(shape), Schema.filter(opensWithDay)),
  Schema.ValidDateFromSelf.pipe(
    Schema.betweenDate(earliest, latest, {
      arbitrary: () => (fc) => fc.date({ min: earliest, max: latest, noInvalidDate: true }),
    }),
  ),
  { strict: true, decode: (text) => new Date(text), encode: (date) => date.toISOString() },
);
