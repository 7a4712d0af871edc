import {
  elaborations,
  endedPatterns,
  plainOf,
  verbsOfHabit,
  verbsOfHaving,
  wordsOfThing,
  type EndableClaims,
} from "./contradictions.ts";
import { planOf } from "./plans.ts";
import { createWordTree } from "./word-tree.ts";

/** A plan that names a thing is looked for among this many, the newest that hold the rarest word of the thing. */
const mostPlansRead = 1000;

const had = new RegExp(`^user (${verbsOfHaving.join("|")}) (.+)$`, "u");
const habit = new RegExp(`^user (${verbsOfHabit.join("|")}) (.+)$`, "u");
const count = /^(?:an?|\d+|the|their|some) /;
const oneWord = /^\w+ /;

/** An index of claims for `endingOf`. `plain` gives a claim's plain words. */
export function createEndableClaims<Entry extends { readonly text: string }>(
  plain: (text: string) => string = plainOf,
): EndableClaims<Entry> & { add: (entry: Entry) => void; remove: (entry: Entry) => void } {
  const byPattern = new Map(endedPatterns.map((pattern) => [pattern, new Set<Entry>()]));
  /** By a verb and the words of a thing. */
  const things = createWordTree<Entry>(elaborations);
  const plans = createWordTree<Entry>(new Set());
  const plansByWord = new Map<string, Set<Entry>>();

  return {
    add: (entry) => {
      const claim = plain(entry.text);
      for (const [pattern, entries] of byPattern) if (pattern.test(claim)) entries.add(entry);
      for (const words of namingsIn(claim)) things.add(words, entry);
      const plan = planOf(claim);
      if (plan === null) return;
      plans.add(plan.split(" "), entry);
      for (const word of wordsOfThing(claim)) {
        const entries = plansByWord.get(word) ?? new Set();
        plansByWord.set(word, entries.add(entry));
      }
    },
    remove: (entry) => {
      const claim = plain(entry.text);
      for (const entries of byPattern.values()) entries.delete(entry);
      for (const words of namingsIn(claim)) things.remove(words, entry);
      const plan = planOf(claim);
      if (plan === null) return;
      plans.remove(plan.split(" "), entry);
      for (const word of wordsOfThing(claim)) plansByWord.get(word)?.delete(entry);
    },
    fitting: (pattern) => byPattern.get(pattern) ?? [],
    elaborating: (verbs, thing) => verbs.flatMap((verb) => [...things.elaborating([verb, ...thing])]),
    exactly: (verbs, thing) => verbs.flatMap((verb) => [...things.exactly([verb, ...thing])]),
    beginningWith: (verbs, thing) => verbs.flatMap((verb) => [...things.beginningWith([verb, ...thing])]),
    plansNaming: (thing) => {
      const found = thing.map((word) => plansByWord.get(word) ?? new Set<Entry>());
      const rarest = found.reduce((least, each) => (each.size < least.size ? each : least));
      return [...rarest].slice(-mostPlansRead);
    },
    plansLike: (deed) => {
      const words = deed.split(" ");
      return [...plans.beginningsOf(words), ...plans.beginningWith(words)];
    },
  };
}

/** The verb and the words from where a thing may begin: at once, after a count, and after one more word of what one has. */
function namingsIn(claim: string): readonly (readonly string[])[] {
  const owned = had.exec(claim);
  const [, verb, rest] = owned ?? habit.exec(claim) ?? [];
  if (verb === undefined || rest === undefined) return [];
  const starts = [rest, rest.replace(count, "")];
  if (owned !== null) starts.push(...starts.map((start) => start.replace(oneWord, "")));
  return [...new Set(starts)].map((start) => [verb, ...wordsOfThing(start)]);
}
