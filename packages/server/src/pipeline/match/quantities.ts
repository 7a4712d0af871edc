// A new number for the same thing: "coaches the under-14s these days" after "coaches under-12s".
import { inLowerCase, withDigits } from "../statement/wordings.ts";
import { wordSet } from "../word-lists.ts";
import { plainFormOf } from "../statement/fingerprint.ts";
import { besideSign, changeSign } from "./change-signs.ts";
import { keysOf, wordsIn } from "./endings.ts";
import type { Update } from "./updates.ts";

const ordinals: Readonly<Record<string, string>> = {
  first: "1st",
  second: "2nd",
  third: "3rd",
  fourth: "4th",
  fifth: "5th",
  sixth: "6th",
};
const ordinal = new RegExp(
  `\\b(${Object.keys(ordinals).join("|")})(?= (?:year|grade|trimester|class|floor|term|semester|round)\\b)`,
  "g",
);
const single = /\b(?:one|an?)(?= (?:hour|week|month|year|day)\b)/g;
const number = /\d[\d.,:]*\d|\d/g;

/** Words that name neither what is counted nor what is done with it. */
const small = wordSet(`
  user a an the my their his her our its in on at to of for with by from about around roughly only just now these days nowadays these again back and or so is are was has hav be am do
  this that last week month year day hour minut time every each per since because new up down left still already actual current most some all there they them it
  go get mak tak no not n start pm h k kg km mg ml min mins people person th st nd rd
`);
const fillers: ReadonlySet<string> = new Set([...small, ...[...small].map(plainFormOf)]);
const endOfThing = wordSet(
  "in on at to of for with by from a per every each now these since and but so because again left this",
);
const pastOrPlan = /\b(?:not|never|was|were|had|did|used to|will|wants?|plans?|ago)\b/;

/** A statement with one number, in parts. */
interface Counted {
  readonly value: string;
  /** The statement without the number and without small words. */
  readonly frame: string;
  readonly words: ReadonlySet<string>;
  /** The thing that the number counts; null if it is a unit or a small word. */
  readonly thing: string | null;
  /** "year" for "in the first year". */
  readonly rank: string | null;
}

/** The number that a statement changes; null if it changes none. */
export function quantityChangeIn(text: string): Update | null {
  const statement = inLowerCase(text);
  if (!changeSign.test(statement) || besideSign.test(statement) || pastOrPlan.test(statement)) return null;
  const said = countedIn(statement);
  if (said === null) return null;
  return {
    keys: said.rank === null ? [...said.words] : [said.rank],
    replaces: (earlier) => {
      if (pastOrPlan.test(earlier) || isOfUser(earlier) !== isOfUser(statement)) return false;
      const known = countedIn(earlier);
      if (known === null || known.value === said.value || isClock(known.value) !== isClock(said.value))
        return false;
      if (known.thing !== null && said.thing !== null && known.thing !== said.thing) return false;
      if (known.rank !== said.rank) return false;
      if (said.rank !== null) return [...said.words].every((word) => known.words.has(word));
      if (said.frame !== "" && known.frame === said.frame) return true;
      return said.words.size > 0 && [...said.words].every((word) => known.words.has(word));
    },
  };
}

function isOfUser(statement: string): boolean {
  return /^user(?:'s)? /.test(statement);
}

function isClock(value: string): boolean {
  return value.includes(":");
}

function countedIn(statement: string): Counted | null {
  const digits = withDigits(statement.replaceAll(ordinal, (word) => ordinals[word]!)).replaceAll(single, "1");
  const values = digits.match(number) ?? [];
  const level = /\b(year|grade|level|key stage) \d/.exec(digits)?.[1];
  if (values.length !== 1) return null;
  const frame = keysOf(digits.replaceAll(number, " ")).filter((word) => !fillers.has(word));
  const [value = ""] = values;
  const after = digits.slice(digits.indexOf(value) + value.length);
  const [, suffix, rest = ""] = /^(st|nd|rd|th)?(?:'?s)? ?(.*)$/u.exec(after) ?? [];
  const named = wordsIn(rest);
  const until = named.findIndex((word) => endOfThing.has(word));
  const thing = keysOf(named.slice(0, until === -1 ? 3 : until).at(-1) ?? "").find(
    (word) => !fillers.has(word),
  );
  return {
    value,
    frame: frame.join(" "),
    words: new Set(frame),
    thing: thing ?? null,
    rank: level ?? (suffix === undefined ? null : (keysOf(rest)[0] ?? null)),
  };
}
