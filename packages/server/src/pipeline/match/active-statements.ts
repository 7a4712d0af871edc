import type { Statement } from "../statement/statement.ts";
import { keysOf } from "./endings.ts";
import { endingOf, plainOf, type Ending } from "./contradictions.ts";
import { createEndableStatements } from "./endable-statements.ts";
import { oppositeOf, plainFormOf, propositionOf, type Proposition } from "../statement/fingerprint.ts";
import { createLateIndex } from "./late-index.ts";
import { memoise } from "../../base/memoise.ts";
import { isSamePerson, otherPersonIn } from "./people.ts";
import { elaborations } from "./things.ts";
import { wordBagOf } from "../statement/word-bag.ts";
import { createWordTree } from "./word-tree.ts";

/** The parts of a statement that are compared. */
export type Comparable = Pick<Statement, "text" | "slot" | "fingerprint">;

/** A statement that another one ends, and why, in a word or two for a log. */
interface Ended<Entry> {
  readonly entry: Entry;
  readonly why: string;
}

/** The statements that are true at one moment. Finds those that a new statement repeats or ends. */
export interface ActiveStatements<Entry extends Comparable> {
  /** A statement that says the same as `statement`, or more: "has a dog named Rex" for "has a dog". */
  readonly repeatedBy: (statement: Statement) => Entry | undefined;
  /** The statements that `statement` ends: first those in its slot, then its opposite, then those that its words end. */
  readonly endedBy: (statement: Statement) => readonly Ended<Entry>[];
  readonly add: (entry: Entry) => void;
  readonly remove: (entry: Entry) => void;
}

/** What the words of a statement mean. */
export interface StatementReader {
  readonly propositionOf: (text: string) => Proposition;
  readonly endingOf: (text: string) => Ending | null;
  readonly plainOf: (text: string) => string;
}

/** Makes a reader that reads each text once. Make a new one for each job. */
export function createStatementReader(): StatementReader {
  return { propositionOf: memoise(propositionOf), endingOf: memoise(endingOf), plainOf: memoise(plainOf) };
}

/** Whether a statement may repeat or end facts that share neither its slot nor its fingerprint. */
export function mayEndAnyFact(
  { text, retracts, fingerprint }: Statement,
  read: StatementReader = { propositionOf, endingOf, plainOf },
): boolean {
  return (
    retracts ||
    fingerprint.startsWith("!") ||
    isPossession(read.propositionOf(text).words) ||
    read.endingOf(text) !== null ||
    otherPersonIn(text) !== null
  );
}

/**
 * Makes the collection, at first with `entries`. A user may have tens of thousands of facts, so it finds statements by indexes
 * instead of comparing each with each.
 */
export function createActiveStatements<Entry extends Comparable>(
  entries: Iterable<Entry>,
  read: StatementReader = createStatementReader(),
): ActiveStatements<Entry> {
  /** Each statement with its position in the order of adding. */
  const positions = new Map<Entry, number>();
  let added = 0;
  const byFingerprint = new Map<string, Set<Entry>>();
  const bySlot = new Map<string, Set<Entry>>();
  /** By the part of their slot before the colon: `job` for `job:employer`. */
  const byGeneralSlot = new Map<string, Set<Entry>>();
  const affirmations = createLateIndex(positions, () => createAffirmations<Entry>(read));
  const byWordBag = createLateIndex(positions, () => createWordBags<Entry>(read));
  const endable = createLateIndex(positions, () => createEndableStatements<Entry>(read.plainOf));

  const add = (entry: Entry) => {
    positions.set(entry, (added += 1));
    addTo(byFingerprint, entry.fingerprint, entry);
    if (entry.slot !== null) addTo(bySlot, entry.slot, entry);
    for (const general of generalSlotsOf(entry)) addTo(byGeneralSlot, general, entry);
    affirmations.add(entry);
    byWordBag.add(entry);
    endable.add(entry);
  };
  for (const entry of entries) add(entry);

  /** Statements about the person that `statement` is about, unless it is about the user. */
  const aboutSamePerson = ({ text }: Statement): readonly Entry[] => {
    const { name, relation } = otherPersonIn(text) ?? {};
    const words = [name, relation].filter((word) => word !== null && word !== undefined);
    return words.flatMap((word) => endable.get().mentioning(keysOf(word)));
  };

  /** The statements that `statement` may end by its words, oldest first. */
  const endableBy = (statement: Statement): readonly Entry[] => {
    const said = read.propositionOf(statement.text);
    const general =
      statement.retracts && statement.slot !== null ? byGeneralSlot.get(statement.slot) : undefined;
    const found = new Set([
      ...(general ?? []),
      ...(said.denied ? affirmations.get().elaborating(said.words) : []),
      ...(said.denied ? affirmations.get().beginningsOf(said.words) : []),
      ...(!said.denied && isPossession(said.words) ? affirmations.get().beginningsOf(said.words) : []),
      ...(read.endingOf(statement.text)?.among(endable.get()) ?? []),
      ...aboutSamePerson(statement),
    ]);
    return [...found].toSorted((one, other) => positions.get(one)! - positions.get(other)!);
  };

  return {
    add,
    remove: (entry) => {
      positions.delete(entry);
      byFingerprint.get(entry.fingerprint)?.delete(entry);
      if (entry.slot !== null) bySlot.get(entry.slot)?.delete(entry);
      for (const general of generalSlotsOf(entry)) byGeneralSlot.get(general)?.delete(entry);
      affirmations.remove(entry);
      byWordBag.remove(entry);
      endable.remove(entry);
    },
    repeatedBy: (statement) => {
      const [same] = byFingerprint.get(statement.fingerprint) ?? [];
      if (same !== undefined) return same;
      const reordered = byWordBag.get().sameAs(statement.text);
      if (reordered !== undefined) return reordered;
      const { words, denied } = read.propositionOf(statement.text);
      if (denied || !isPossession(words)) return undefined;
      const [first] = affirmations.get().elaborating(words);
      return first;
    },
    endedBy: (statement) => {
      const ended = new Map<Entry, string>();
      const end = (found: Iterable<Entry> | undefined, why: string) => {
        for (const entry of found ?? []) if (!ended.has(entry)) ended.set(entry, why);
      };
      if (statement.slot !== null) end(bySlot.get(statement.slot), `only one ${statement.slot}`);
      end(byFingerprint.get(oppositeOf(statement.fingerprint)), "the contrary");
      if (mayEndAnyFact(statement, read)) {
        for (const entry of endableBy(statement)) {
          const why = whyEnds(statement, entry, read);
          if (why !== null) end([entry], why);
        }
      }
      return [...ended]
        .filter(([entry]) => entry.fingerprint !== statement.fingerprint)
        .map(([entry, why]) => ({ entry, why }));
    },
  };
}

function addTo<Entry>(index: Map<string, Set<Entry>>, key: string, entry: Entry): void {
  const entries = index.get(key);
  if (entries === undefined) index.set(key, new Set([entry]));
  else entries.add(entry);
}

function generalSlotsOf({ slot }: Comparable): readonly string[] {
  return [...(slot ?? "").matchAll(/:/g)].map(({ index }) => slot!.slice(0, index));
}

const plainElaborations = new Set([...elaborations].map(plainFormOf));

/** The statements without a negation, by the words of their propositions. */
function createAffirmations<Entry extends Comparable>(read: StatementReader) {
  const { add, remove, elaborating, beginningsOf } = createWordTree<Entry>(plainElaborations);
  const change = (act: (words: readonly string[], entry: Entry) => void) => (entry: Entry) => {
    const { words, denied } = read.propositionOf(entry.text);
    if (!denied) act(words, entry);
  };
  return { add: change(add), remove: change(remove), elaborating, beginningsOf };
}

/** The statements by their main words in any order. */
function createWordBags<Entry extends Comparable>(read: StatementReader) {
  const byBag = new Map<string, Set<Entry>>();
  const bagOf = (text: string) => wordBagOf(text, read.propositionOf(text));
  return {
    add: (entry: Entry) => {
      const bag = bagOf(entry.text);
      if (bag !== null) addTo(byBag, bag, entry);
    },
    remove: (entry: Entry) => {
      byBag.get(bagOf(entry.text) ?? "")?.delete(entry);
    },
    sameAs: (text: string): Entry | undefined => {
      const [same] = byBag.get(bagOf(text) ?? "") ?? [];
      return same;
    },
  };
}

/** Why `statement` ends what `entry` says; null when it does not. */
function whyEnds(statement: Statement, entry: Comparable, read: StatementReader): string | null {
  // "Quit their job" also ends who the employer was.
  if (statement.retracts && statement.slot !== null && entry.slot?.startsWith(`${statement.slot}:`))
    return `no ${statement.slot} any more`;
  const said = read.propositionOf(statement.text);
  const earlier = read.propositionOf(entry.text);
  // "No longer has a dog" also ends "has a dog named Rex".
  if (said.denied && said.words.length > 0 && elaborates(earlier, said.words)) return "denied";
  // "Is no longer scared of flying thanks to a course" also ends "is scared of flying".
  if (said.denied && earlier.words.length > 1 && !earlier.denied && hasReason(said.words, earlier.words))
    return "denied";
  // "Has a dog named Rex" says all that "has a dog" does.
  if (isPossession(earlier.words) && !earlier.denied && elaborates(said, earlier.words))
    return "said in more detail";
  const why = read.endingOf(statement.text)?.whyEnds(read.plainOf(entry.text)) ?? null;
  if (why !== null) return why;
  // What ends a fact about the user also ends one about the same other person.
  const [person, other] = [otherPersonIn(statement.text), otherPersonIn(entry.text)];
  if (person === null || other === null || !isSamePerson(person, other)) return null;
  return read.endingOf(person.asUser)?.whyEnds(read.plainOf(other.asUser)) ?? null;
}

/** Whether a proposition affirms these words, alone or with details after them: "eat meat" and "eat meat every day". */
function elaborates({ words, denied }: Proposition, shorter: readonly string[]): boolean {
  const next = words[shorter.length];
  if (denied || !shorter.every((word, at) => words[at] === word)) return false;
  return next === undefined || plainElaborations.has(next);
}

const reasons = new Set(
  "thanks because since as due after now these at anymore for".split(" ").map(plainFormOf),
);

/** Whether a proposition has all words of a shorter one, and then a reason or a time. */
function hasReason(words: readonly string[], shorter: readonly string[]): boolean {
  return shorter.every((word, at) => words[at] === word) && reasons.has(words[shorter.length] ?? "");
}

function isPossession(words: readonly string[]): boolean {
  return words[0] === "have" || words[0] === "hav";
}
