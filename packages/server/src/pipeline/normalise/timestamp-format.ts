interface Fields {
  year?: number;
  month?: number;
  day?: number;
  dayOfYear?: number;
  hour?: number;
  minute?: number;
  second?: number;
  millisecond?: number;
  afternoon?: boolean;
  offsetMinutes?: number;
}

interface Directive {
  /** Sticky: it matches only where the pattern before it stopped, so the time is linear. */
  readonly pattern: RegExp;
  readonly read: (text: string) => Fields;
}

const monthNames = "jan feb mar apr may jun jul aug sep oct nov dec".split(" ");

const number = (digits: string, field: keyof Fields): Directive => ({
  pattern: new RegExp(`\\d{${digits}}`, "y"),
  read: (text) => ({ [field]: Number(text) }),
});

const monthName: Directive = {
  pattern:
    /(?:january|february|march|april|may|june|july|august|september|october|november|december|[a-z]{3})/iy,
  read: (text) => ({ month: monthNames.indexOf(text.slice(0, 3).toLowerCase()) + 1 }),
};

const weekday: Directive = {
  pattern: /(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?/iy,
  read: () => ({}), // the date implies it
};

/** The directives of strptime. */
const directives: Readonly<Record<string, Directive>> = {
  Y: number("4", "year"),
  // POSIX: 69 to 99 are of the last century.
  y: { pattern: /\d{2}/y, read: (text) => ({ year: Number(text) + (Number(text) < 69 ? 2000 : 1900) }) },
  m: number("1,2", "month"),
  d: number("1,2", "day"),
  j: number("1,3", "dayOfYear"),
  H: number("1,2", "hour"),
  // 12 is the first hour of each half of the day. There is no hour above 12.
  I: {
    pattern: /\d{1,2}/y,
    read: (text) => ({ hour: Number(text) >= 1 && Number(text) <= 12 ? Number(text) % 12 : Number.NaN }),
  },
  M: number("1,2", "minute"),
  S: number("1,2", "second"),
  f: { pattern: /\d{1,6}/y, read: (text) => ({ millisecond: Math.floor(Number(`0.${text}`) * 1000) }) },
  p: { pattern: /[ap]\.?m\.?/iy, read: (text) => ({ afternoon: text.toLowerCase().startsWith("p") }) },
  b: monthName,
  B: monthName,
  a: weekday,
  A: weekday,
  z: {
    pattern: /Z|[+-]\d{2}:?\d{2}/iy,
    read: (text) => {
      if (text.length === 1) return { offsetMinutes: 0 };
      const minutes = Number(text.slice(1, 3)) * 60 + Number(text.slice(-2));
      return { offsetMinutes: text.startsWith("-") ? -minutes : minutes };
    },
  },
  // Other zone names mean different offsets in different countries.
  Z: { pattern: /UTC|GMT|Z/iy, read: () => ({ offsetMinutes: 0 }) },
  "%": { pattern: /%/y, read: () => ({}) },
};

/** The longest format that is accepted, in characters. With a longer format, no date is read. */
const longestFormat = 200;

/** A moment, and how far the clock that showed it is ahead of UTC. */
interface LocalTime {
  readonly saidAt: Date;
  readonly utcOffsetMinutes: number;
}

/** Makes a parser for a strptime format. It returns the time, in UTC if there is no offset, or null if a text does not match. */
export function createTimestampParser(format: string): (text: string) => LocalTime | null {
  const trimmed = format.trim();
  if (trimmed.length > longestFormat) return () => null;
  const sequence = [...trimmed.matchAll(/%(.)|\s+|[^%\s]+|%/gsu)].map(([part, name]) =>
    name === undefined ? literal(part) : (directives[name] ?? literal(part)),
  );
  return (text) => {
    const fields = readFields(text.trim(), sequence);
    const saidAt = fields === null ? null : momentOf(fields);
    return saidAt && { saidAt, utcOffsetMinutes: fields?.offsetMinutes ?? 0 };
  };
}

function readFields(text: string, sequence: readonly Directive[]): Fields | null {
  const fields: Fields = {};
  let at = 0;
  for (const { pattern, read } of sequence) {
    pattern.lastIndex = at;
    const found = pattern.exec(text)?.[0];
    if (found === undefined) return null;
    Object.assign(fields, read(found));
    at += found.length;
  }
  return at === text.length ? fields : null;
}

function literal(part: string): Directive {
  const source = /^\s/.test(part) ? "\\s+" : part.replaceAll(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`);
  return { pattern: new RegExp(source, "iy"), read: () => ({}) };
}

function momentOf(fields: Fields): Date | null {
  const { year, dayOfYear, hour = 0, minute = 0, second = 0, millisecond = 0, offsetMinutes = 0 } = fields;
  if (year === undefined) return null;
  const month = dayOfYear === undefined ? (fields.month ?? 1) : 1;
  const day = dayOfYear ?? fields.day ?? 1;
  const hourOfDay = fields.afternoon === true && hour < 12 ? hour + 12 : hour;
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  // A day that its month does not have rolls over into the next month.
  const rolledOver =
    date.getUTCFullYear() !== year ||
    (dayOfYear === undefined && date.getUTCMonth() !== month - 1) ||
    day < 1;
  // Written so that NaN fails too; 60 is a leap second.
  if (rolledOver || !(hourOfDay < 24 && minute < 60 && second <= 60)) return null;
  date.setUTCHours(hourOfDay, minute - offsetMinutes, second, millisecond);
  return date;
}
