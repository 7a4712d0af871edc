import * as chrono from "chrono-node";
import type { ParsedResult } from "chrono-node";
import type { Message } from "../../normalise/normalise-messages.ts";

/** A part of a date that a text may name. */
type Part = "year" | "month" | "day" | "weekday";
const parts: readonly Part[] = ["year", "month", "day", "weekday"];

/** The parts of a date that are certain. */
export type PartialDate = Readonly<Partial<Record<Part, number>>>;

/** A date in a text. */
interface DateInText {
  readonly text: string;
  /** The parts that the text names. */
  readonly named: PartialDate;
  /** The dates that it may mean: the whole date of "last Friday", but only the month of "last month". */
  readonly known: readonly PartialDate[];
}

/** How many characters of a text are searched for dates. */
const longestRead = 4000;

const { ar, de, en, es, fi, fr, id, it, ja, nl, pt, ru, sv, uk, vi, zh } = chrono;
const languages = [en, de, es, fr, it, nl, pt, ru, uk, sv, fi, id, vi, ar, ja, zh].map(
  ({ casual }) => casual,
);

const yearOrMonth = /(?<![\p{L}\p{N}-])((?:19|20)\d\d)(?:-(0[1-9]|1[0-2]))?(?![\p{L}\p{N}-])/gu;

/** The date of a message, and the dates that "yesterday" or "two weeks ago" mean in it. Empty if the message has no date. */
export function datesOf({ content, saidAt }: Message): readonly PartialDate[] {
  return saidAt === null ? [] : [dayOf(saidAt), ...datesIn(content, saidAt).flatMap(({ known }) => known)];
}

/** Removes from a statement the dates that agree with one of `dates`. */
export function withoutDates(statement: string, dates: readonly PartialDate[]): string {
  let rest = statement;
  for (const { text, named } of datesIn(statement, new Date(0))) {
    if (dates.some((date) => agrees(named, date))) rest = rest.replace(text, " ");
  }
  return rest;
}

function agrees(named: PartialDate, known: PartialDate): boolean {
  const all = parts.filter((part) => named[part] !== undefined);
  return all.length > 0 && all.every((part) => named[part] === known[part]);
}

/** The dates in a text, in any of the languages, the longest first: "on 28 February 2026" before "28 February". */
function datesIn(text: string, saidAt: Date): DateInText[] {
  const read = text.slice(0, longestRead);
  // At noon, because a date without a time is at midnight, when "last night" is not over.
  const instant = new Date(saidAt.toISOString().replace(/T.*/, "T12:00:00Z"));
  const reference = { instant, timezone: 0 };
  const found = languages.flatMap((language) => language.parse(read, reference));
  const years = [...read.matchAll(yearOrMonth)].map(([match, year, month]) => {
    const named = { year: Number(year), ...(month !== undefined && { month: Number(month) }) };
    return { text: match, named, known: [named] };
  });
  return [...found.map(readResult), ...years].toSorted((one, other) => other.text.length - one.text.length);
}

function readResult({ text, start }: ParsedResult): DateInText {
  const certain = parts.filter((part) => start.isCertain(part));
  const named = Object.fromEntries(certain.map((part) => [part, start.get(part)]));
  const [year, month, day] = [start.get("year") ?? 0, start.get("month") ?? 1, start.get("day") ?? 1];
  const dayAfter = (days: number) => dayOf(new Date(Date.UTC(year, month - 1, day + days)));
  // "On Monday" may be the last one or the next.
  if (certain.includes("weekday") && !certain.includes("day"))
    return { text, named, known: [dayAfter(-7), dayAfter(0), dayAfter(7)] };
  const isDay = certain.includes("day") || start.isCertain("hour");
  return { text, named, known: [isDay ? dayAfter(0) : named] };
}

function dayOf(date: Date): PartialDate {
  return {
    year: date.getUTCFullYear(),
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
    weekday: date.getUTCDay(),
  };
}
