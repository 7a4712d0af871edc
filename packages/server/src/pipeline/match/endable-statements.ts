import { endedPatterns, type EndableStatements } from "./contradictions.ts";
import { planOf } from "./plans.ts";
import { keysOf as wordsOf } from "./endings.ts";
import { attributesOf } from "./attributes.ts";
import { elaborations, namingIn, wordsOfThing } from "./things.ts";
import { createWordTree } from "./word-tree.ts";
import { rootOf } from "../statement/word-bag.ts";

/** A search for plans that name a thing looks at this many plans: the newest with the rarest word of the thing. */
const mostPlansRead = 1000;

/** A search for mentions of a thing looks at this many statements: the newest with the rarest word of the thing. */
const mostMentionsRead = 50;

/** The roots of a statement's words, so that "therapy" finds "therapist". */
function keysOf(statement: string): ReadonlySet<string> {
  return new Set(wordsOf(statement).map(rootOf));
}

/** Makes an index of statements for `endingOf`. `plain` returns a statement in plain words. */
export function createEndableStatements<Entry extends { readonly text: string }>(
  plain: (text: string) => string,
): EndableStatements<Entry> & { add: (entry: Entry) => void; remove: (entry: Entry) => void } {
  const byPattern = new Map(endedPatterns.map((pattern) => [pattern, new Set<Entry>()]));
  /** Entries by a verb and the words of a thing. */
  const things = createWordTree<Entry>(elaborations);
  const plans = createWordTree<Entry>(new Set());
  const byWord = new Map<string, Set<Entry>>();
  const byAttribute = new Map<string, Set<Entry>>();
  const plansByWord = new Map<string, Set<Entry>>();

  return {
    add: (entry) => {
      const statement = plain(entry.text);
      for (const word of keysOf(statement)) byWord.set(word, (byWord.get(word) ?? new Set()).add(entry));
      for (const [pattern, entries] of byPattern) if (pattern.test(statement)) entries.add(entry);
      for (const words of namesIn(statement)) things.add(words, entry);
      for (const attribute of attributesOf(statement))
        byAttribute.set(attribute, (byAttribute.get(attribute) ?? new Set()).add(entry));
      const plan = planOf(statement);
      if (plan === null) return;
      plans.add(plan.split(" "), entry);
      for (const word of wordsOfThing(statement)) {
        const entries = plansByWord.get(word) ?? new Set();
        plansByWord.set(word, entries.add(entry));
      }
    },
    remove: (entry) => {
      const statement = plain(entry.text);
      for (const word of keysOf(statement)) byWord.get(word)?.delete(entry);
      for (const entries of byPattern.values()) entries.delete(entry);
      for (const words of namesIn(statement)) things.remove(words, entry);
      for (const attribute of attributesOf(statement)) byAttribute.get(attribute)?.delete(entry);
      const plan = planOf(statement);
      if (plan === null) return;
      plans.remove(plan.split(" "), entry);
      for (const word of wordsOfThing(statement)) plansByWord.get(word)?.delete(entry);
    },
    fitting: (pattern) => byPattern.get(pattern) ?? [],
    naming: (verb, thing, before) => {
      const words = [verb, ...wordsOfThing(thing)];
      switch (before) {
        case "elaboration":
          return things.elaborating(words);
        case "end":
          return things.exactly(words);
        case "any word":
          return things.beginningWith(words);
      }
    },
    plansNaming: (thing) => {
      return [...rarestOf(wordsOfThing(thing).map((word) => plansByWord.get(word)))].slice(-mostPlansRead);
    },
    mentioning: (words) =>
      [...rarestOf(words.map((word) => byWord.get(rootOf(word))))].slice(-mostMentionsRead),
    giving: (attribute) => [...(byAttribute.get(attribute) ?? [])].slice(-mostMentionsRead),
    plansLike: (deed) => {
      const words = deed.split(" ");
      return [...plans.beginningsOf(words), ...plans.beginningWith(words)];
    },
  };
}

function rarestOf<Entry>(found: readonly (ReadonlySet<Entry> | undefined)[]): ReadonlySet<Entry> {
  const none: ReadonlySet<Entry> = new Set();
  return found
    .map((each) => each ?? none)
    .reduce((least, each) => (each.size < least.size ? each : least), found[0] ?? none);
}

/** The verb and the words of the thing, for each position where the thing may begin. */
function namesIn(statement: string): readonly (readonly string[])[] {
  const { verb = "", rests = [] } = namingIn(statement) ?? {};
  return rests.map((rest) => [verb, ...wordsOfThing(rest)]);
}
