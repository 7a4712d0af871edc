import * as english from "chrono-node/en";

/** Words that mean one day, week, month or year, and nothing else. */
const sure =
  /^(?:yesterday|tomorrow|last night|(?:last|this|next) (?:week|weekend|month|year|(?:mon|tue|tues|wed|thu|thurs|fri|sat|sun)[a-z]*)|(?:\d+|a|one|two|three|four|five|six|seven|eight|nine|ten) (?:day|week|month|year)s? ago)$/i;

const dateOf = (options: Intl.DateTimeFormatOptions) =>
  new Intl.DateTimeFormat("en-GB", { ...options, timeZone: "UTC" });
const day = dateOf({ dateStyle: "long" });
const month = dateOf({ month: "long", year: "numeric" });
const year = dateOf({ year: "numeric" });

/** A text with the date beside each relative one: `yesterday` becomes `yesterday (7 May 2023)`. */
export function resolveDates(text: string, saidAt: Date): string {
  let resolved = "";
  let from = 0;
  for (const { index, text: words, start } of english.casual.parse(text, { instant: saidAt, timezone: 0 })) {
    if (!sure.test(words)) continue;
    const end = index + words.length;
    resolved += `${text.slice(from, end)} (${printSpan(words.toLowerCase(), start.date())})`;
    from = end;
  }
  return resolved + text.slice(from);
}

function printSpan(words: string, date: Date): string {
  if (/years?\b/.test(words)) return year.format(date);
  if (/months?\b/.test(words)) return month.format(date);
  if (/weekend\b/.test(words)) return `weekend of ${day.format(date)}`;
  return /weeks?\b/.test(words) ? `week of ${day.format(date)}` : day.format(date);
}
