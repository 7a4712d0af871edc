// Relative times such as "yesterday" and "in three weeks", resolved against the date on which they were said.
import { casual } from "chrono-node/en";
import { alternatives } from "../word-lists.ts";
import { isPast } from "./verb-forms.ts";

/** A time that a text names relative to the day on which it was said. */
export interface ResolvedTime {
  /** The words. */
  readonly text: string;
  /** Where they begin in the whole text. */
  readonly index: number;
  /** The first moment of the day, week, month or year. */
  readonly start: Date;
  /** The first moment after it. */
  readonly end: Date;
  /** In words: `3 May 2024`, `week of 29 April 2024`, `May 2024` or `2024`. */
  readonly shown: string;
}

type Unit = "day" | "weekend" | "week" | "month" | "year";

const months = "January February March April May June July August September October November December".split(
  " ",
);
const weekday = alternatives(
  "mondays? tuesdays? wednesdays? thursdays? fridays? saturdays? sundays?",
).replaceAll("s?", "");
const month = `(?:${months.join("|")}|(?:jan|feb|apr|jun|jul|aug|sept?|oct|nov|dec)\\b\\.?)`;
const count = alternatives("an? one two three four five six seven eight nine ten eleven twelve \\d{1,3}");
const units = alternatives("days? weeks? months? years?");
const day = "(?:\\d{1,2})(?:st|nd|rd|th)?";

/**
 * The times whose meaning is sure. Chrono reads only these words, so its time does not depend on the length of a text. Its own
 * search would also find "may", "sat" and "sun".
 */
const phrases = new RegExp(
  `\\b(?:${[
    "the day before yesterday",
    "the day after tomorrow",
    "(?:yesterday|tomorrow)(?: (?:morning|afternoon|evening|night))?",
    "today",
    "tonight",
    "last night",
    "this (?:morning|afternoon|evening)",
    `(?:this past|this coming|last|next|this|past) (?:weekend|week|month|year|${weekday})`,
    `(?:${count}|a couple of) ${units} ago`,
    `${count} ${units} from now`,
    `in ${count} ${units}`,
    `on ${weekday}`,
    `on (?:the )?${day}(?: of)? ${month}`,
    `on ${month} (?:the )?${day}`,
    "since \\d{4}",
  ].join("|")})\\b(?!,? (?:of )?\\d{4}\\b)`,
  "giu",
);

/** Only this many times of a text are resolved. People do not say more at once. */
const mostTimes = 20;

/** How many characters around a time are read to find out whether it is past or future. */
const nearby = 120;

const future =
  /\b(?:will|going to|gonna|plans?|planning|hop(?:e|es|ing) to|wants? to|upcoming|looking forward)\b|['’]ll\b/i;
const planned = /(?:\b(?:am|is|are)|['’](?:m|re)) [a-z]{1,20}ing\b/i;

/** Finds the times in a text that was said at `saidAt`, by a clock that is `utcOffsetMinutes` ahead of UTC. */
export function resolveTimes(text: string, saidAt: Date, utcOffsetMinutes = 0): readonly ResolvedTime[] {
  const found: ResolvedTime[] = [];
  for (const { 0: words, index } of text.matchAll(phrases)) {
    if (found.length === mostTimes) break;
    const resolved = resolve(words.toLowerCase(), () => directionAt(text, index), saidAt, utcOffsetMinutes);
    if (resolved !== null) found.push({ text: words, index, ...resolved });
  }
  return found;
}

/** Whether the words around a time are about the past or the future; null if they do not show it. */
function directionAt(text: string, index: number): "past" | "future" | null {
  const before = text
    .slice(Math.max(0, index - nearby), index)
    .split(/[.!?;\n]/)
    .at(-1)!;
  const after = text.slice(index, index + nearby).split(/[.!?;\n]/, 1)[0]!;
  const clause = before + after;
  if (future.test(clause) || planned.test(clause)) return "future";
  return clause
    .toLowerCase()
    .split(/[^a-z]+/)
    .some((word) => isPast(word) === true)
    ? "past"
    : null;
}

function resolve(
  words: string,
  direction: () => "past" | "future" | null,
  saidAt: Date,
  utcOffsetMinutes: number,
): Omit<ResolvedTime, "text" | "index"> | null {
  const since = /^since (\d{4})$/.exec(words)?.[1];
  if (since !== undefined) return spanOf("year", Date.UTC(Number(since), 0), utcOffsetMinutes);
  const unit = unitOf(words);
  const isBare = words.startsWith("on ");
  const way = isBare || words.startsWith("in ") ? direction() : null;
  if (isBare ? way === null : words.startsWith("in ") && way !== "future") return null;
  const reference = { instant: saidAt, timezone: utcOffsetMinutes };
  const [result] = casual.parse(
    words.replace(/^(?:this past|past) /, "last ").replace("this coming ", "this "),
    reference,
    {
      forwardDate: way === "future",
    },
  );
  if (result === undefined) return null;
  const { start } = result;
  const local = new Date(Date.UTC(start.get("year")!, start.get("month")! - 1, start.get("day")!));
  const today = startOfDay(saidAt.getTime() + utcOffsetMinutes * 60_000);
  if (way === "past" && local.getTime() > today) {
    if (start.isCertain("weekday")) local.setUTCDate(local.getUTCDate() - 7);
    else local.setUTCFullYear(local.getUTCFullYear() - 1);
  }
  return spanOf(unit, local.getTime(), utcOffsetMinutes);
}

function unitOf(words: string): Unit {
  const found = /\b(?:weekend|week|month|year)(?=s?\b)/.exec(words)?.[0];
  return (found as Unit | undefined) ?? "day";
}

const dayMs = 86_400_000;
const startOfDay = (ms: number) => Math.floor(ms / dayMs) * dayMs;

/** The day, week, month or year of a local time, as moments and in words. */
function spanOf(unit: Unit, localMs: number, utcOffsetMinutes: number): Omit<ResolvedTime, "text" | "index"> {
  const date = new Date(startOfDay(localMs));
  const [year, monthIndex, dayOfMonth] = [date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate()];
  const sinceMonday = (date.getUTCDay() + 6) % 7;
  const [startMs, endMs] = {
    day: [Date.UTC(year, monthIndex, dayOfMonth), Date.UTC(year, monthIndex, dayOfMonth + 1)],
    weekend: [
      Date.UTC(year, monthIndex, dayOfMonth - sinceMonday + 5),
      Date.UTC(year, monthIndex, dayOfMonth - sinceMonday + 7),
    ],
    week: [
      Date.UTC(year, monthIndex, dayOfMonth - sinceMonday),
      Date.UTC(year, monthIndex, dayOfMonth - sinceMonday + 7),
    ],
    month: [Date.UTC(year, monthIndex), Date.UTC(year, monthIndex + 1)],
    year: [Date.UTC(year, 0), Date.UTC(year + 1, 0)],
  }[unit] as [number, number];
  const toUtc = (ms: number) => new Date(ms - utcOffsetMinutes * 60_000);
  return { start: toUtc(startMs), end: toUtc(endMs), shown: show(unit, new Date(startMs)) };
}

function show(unit: Unit, start: Date): string {
  const year = String(start.getUTCFullYear());
  if (unit === "year") return year;
  const monthAndYear = `${months[start.getUTCMonth()]} ${year}`;
  if (unit === "month") return monthAndYear;
  const date = `${start.getUTCDate()} ${monthAndYear}`;
  return unit === "day" ? date : `${unit} of ${date}`;
}
