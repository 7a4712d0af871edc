// Another age of the same being: "Biscuit turned two" ends "Biscuit is eight months old".
import { inLowerCase, withDigits } from "../statement/wordings.ts";
import type { Update } from "./updates.ts";

const turned =
  /^user (?:has |just |finally )*(?:turned|turns|is now) (?<count>\d{1,3})(?: (?<unit>days?|weeks?|months?|years?))?(?: old)?(?=$|,| (?:now|today|yesterday|last|this|on|in|and)\b)/;
const known =
  /^user is (?:about |almost |nearly |only )?(?<count>\d{1,3}) (?<unit>days?|weeks?|months?|years?) old\b/;
const daysIn: Readonly<Record<string, number>> = { day: 1, week: 7, month: 30, year: 365 };

/** The age that somebody has reached; null if the statement says none. Nobody grows younger, so an older age stays. */
export function ageChangeIn(text: string): Update | null {
  const reached = daysOf(turned, withDigits(inLowerCase(text)));
  if (reached === null) return null;
  return {
    keys: ["old"],
    replaces: (earlier) => {
      const before = daysOf(known, earlier);
      return before !== null && before < reached;
    },
  };
}

function daysOf(pattern: RegExp, statement: string): number | null {
  const { count, unit = "year" } = pattern.exec(statement)?.groups ?? {};
  return count === undefined ? null : Number(count) * daysIn[unit.replace(/s$/, "")]!;
}
