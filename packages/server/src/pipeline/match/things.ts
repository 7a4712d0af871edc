// Finds the thing that a statement names: "old cars" in "user has two old cars since May". Statements are in plain words.
import { alternatives, wordSet } from "../word-lists.ts";
import { planning } from "./plans.ts";

/** Words that may follow a thing without changing it: "a dog named Rex", but not "a dog house". */
export const elaborations: ReadonlySet<string> = wordSet(
  "named that who which with without in at on for from by of as since near after every each daily weekly twice once because when while but though where next this last soon today tomorrow tonight someday together all too",
);

/** Like `\b`, but accented letters count as letters. */
const endOfWord = String.raw`(?![\p{L}\p{M}\p{N}_])`;
/** Pattern source: the end of a statement, or the start of an elaboration. */
export const endOfThing = `(?=$| ${alternatives([...elaborations].join(" "))}${endOfWord})`;

const followers = {
  elaboration: new RegExp(`^${endOfThing}`, "u"),
  end: /^$/,
  "any word": new RegExp(`^${endOfWord}`, "u"),
};

/** What may follow a thing. */
export type Follower = keyof typeof followers;

/** One word may precede the thing: "has a red car". */
const havingIn = /^user (has|drives|rides|bought) /;
const habitIn = /^user (drinks|eats|smokes|uses|takes|plays|does|is on|watches|reads|likes) /;
const planIn = new RegExp(`^user ${planning} `, "u");
const count = /^(?:an?|\d+|the|their|some) /;
const oneWord = /^\w+ /;
const startOfWord = /(?<![\p{L}\p{M}\p{N}_])/gu;

/** The verb before the thing, and the rest of the statement from each position where the thing may begin. */
export interface Naming {
  readonly verb: string;
  readonly rests: readonly string[];
}

/** Splits a statement about a thing that the user has or does; null if it names no such thing. */
export function namingIn(statement: string): Naming | null {
  const having = havingIn.exec(statement);
  const [before, verb] = having ?? habitIn.exec(statement) ?? [];
  if (before === undefined || verb === undefined) return null;
  const rest = statement.slice(before.length);
  const rests = [rest, rest.replace(count, "")];
  if (having !== null) rests.push(...rests.map((each) => each.replace(oneWord, "")));
  return { verb, rests: [...new Set(rests)] };
}

/** The rest of a plan from each of its words on; empty if the statement is not a plan. */
export function restsOfPlan(statement: string): readonly string[] {
  const [before] = planIn.exec(statement) ?? [];
  if (before === undefined) return [];
  const rest = statement.slice(before.length);
  return [...rest.matchAll(startOfWord)].map(({ index }) => rest.slice(index));
}

/** Whether a text begins with this thing, followed by `before`. Ignores hyphens and apostrophes. */
export function beginsWithThing(text: string, thing: string, before: Follower): boolean {
  const isSame = (letter: string, at: number) =>
    letter === text[at] || (/['-]/.test(letter) && at < text.length && !/[\p{L}\p{N}]/u.test(text[at]!));
  return thing.split("").every(isSame) && followers[before].test(text.slice(thing.length));
}

/** The words of a thing, as an index key. */
export function wordsOfThing(text: string): readonly string[] {
  return text.match(/[\p{L}\p{N}]+/gu) ?? [];
}
