// `reconcile` finds statements by indexes. This test compares its outcome with that of comparing each statement with each.
import { readFileSync } from "node:fs";
import type { MemoryId } from "@memlane/core";
import { parseUuidHex } from "@memlane/core/internal";
import fc from "fast-check";
import { beforeAll, expect, test } from "vitest";
import { type Statement, statementOf } from "../statement/statement.ts";
import { endingOf, plainOf } from "../match/contradictions.ts";
import { oppositeOf, plainFormOf, propositionOf, type Proposition } from "../statement/fingerprint.ts";
import { normaliseMessages } from "../normalise/normalise-messages.ts";
import { createOfflineExtractor } from "../extract/english/offline-extractor.ts";
import { isSamePerson, otherPersonIn } from "../match/people.ts";
import { wordBagOf } from "../statement/word-bag.ts";
import { reconcile, type Decision } from "./reconcile.ts";
import type { KnownFact } from "../../store/known-facts.ts";
import { activeOf, factsAfter } from "../../../test/facts-after.ts";
import { elaborations } from "../match/things.ts";
import type { Comparable } from "../match/active-statements.ts";

const plainElaborations = new Set([...elaborations].map(plainFormOf));
const isPossession = ({ words, denied }: Proposition) => !denied && words[0]?.startsWith("hav") === true;

function elaborates({ words, denied }: Proposition, shorter: Proposition): boolean {
  const next = words[shorter.words.length];
  const goesOn = next === undefined || plainElaborations.has(next);
  return !denied && goesOn && shorter.words.every((word, at) => words[at] === word);
}

function isSaidBy(statement: Statement, entry: Comparable): boolean {
  const said = propositionOf(statement.text);
  return isPossession(said) && elaborates(propositionOf(entry.text), said);
}

function hasSameWords(statement: Statement, entry: Comparable): boolean {
  const bag = wordBagOf(statement.text);
  return bag !== null && bag === wordBagOf(entry.text);
}

function whyEnds(statement: Statement, entry: Comparable): string | null {
  const said = propositionOf(statement.text);
  const earlier = propositionOf(entry.text);
  if (statement.retracts && statement.slot !== null && entry.slot?.startsWith(`${statement.slot}:`) === true)
    return `no ${statement.slot} any more`;
  if (said.denied && said.words.length > 0 && elaborates(earlier, said)) return "denied";
  if (isPossession(earlier) && elaborates(said, earlier)) return "said in more detail";
  const why = endingOf(statement.text)?.whyEnds(plainOf(entry.text)) ?? null;
  const [person, other] = [otherPersonIn(statement.text), otherPersonIn(entry.text)];
  if (why !== null || person === null || other === null || !isSamePerson(person, other)) return why;
  return endingOf(person.asUser)?.whyEnds(plainOf(other.asUser)) ?? null;
}

/** Which of `entries` the statement repeats, and which it ends and why. */
function compare<Entry extends Comparable>(statement: Statement, entries: readonly Entry[]) {
  const bySlot = entries.filter(({ slot }) => slot !== null && slot === statement.slot);
  const contrary = entries.filter(({ fingerprint }) => fingerprint === oppositeOf(statement.fingerprint));
  const ended = new Map<Entry, string>();
  for (const entry of bySlot) ended.set(entry, `only one ${statement.slot}`);
  for (const entry of contrary) ended.set(entry, ended.get(entry) ?? "the contrary");
  for (const entry of entries) {
    const why = ended.has(entry) ? null : whyEnds(statement, entry);
    if (why !== null) ended.set(entry, why);
  }
  return {
    same:
      entries.find(({ fingerprint }) => fingerprint === statement.fingerprint) ??
      entries.find((entry) => hasSameWords(statement, entry)) ??
      entries.find((entry) => isSaidBy(statement, entry)),
    ended: [...ended].filter(([{ fingerprint }]) => fingerprint !== statement.fingerprint),
  };
}

function reconcileByComparison(
  statements: readonly Statement[],
  active: readonly KnownFact[],
  newId: () => MemoryId,
): readonly Decision[] {
  let heard: readonly (Comparable & { readonly saidAt: number[] })[] = [];
  const takenBackAt = new Map<number, number>();
  for (const [index, statement] of statements.entries()) {
    const { ended } = compare(statement, heard);
    for (const [{ saidAt }] of ended) for (const at of saidAt) takenBackAt.set(at, index);
    heard = heard.filter((entry) => !ended.some(([gone]) => gone === entry));
    const { same } = compare(statement, heard);
    if (same === undefined) heard = [...heard, { ...statement, saidAt: [index] }];
    else same.saidAt.push(index);
  }
  const lastWordIsStored = (index: number): boolean => {
    const at = takenBackAt.get(index);
    return at === undefined ? compare(statements[index]!, active).same !== undefined : lastWordIsStored(at);
  };
  let memories = active;
  return statements.map((statement, index): Decision => {
    const { same, ended } = compare(statement, memories);
    if (same !== undefined) return { type: "duplicate", statement, of: same.id, supersedes: [] };
    if (takenBackAt.has(index) && lastWordIsStored(index)) return { type: "outdated", statement };
    const id = newId();
    memories = [
      ...memories.filter((entry) => !ended.some(([gone]) => gone === entry)),
      factOf(statement, id),
    ];
    const [first, ...others] = ended.map(([entry]) => entry.id);
    return first === undefined
      ? { type: "create", statement, id }
      : {
          type: "supersede",
          statement,
          id,
          supersedes: [first, ...others],
          why: ended.map(([, why]) => why),
        };
  });
}

function createIds(from: number): () => MemoryId {
  let count = from;
  return () => parseUuidHex((count += 1).toString(16).padStart(32, "0")) as MemoryId;
}

function factOf({ text, slot, fingerprint }: Statement, id: MemoryId): KnownFact {
  const times = { firstSaidAt: new Date(0), lastSaidAt: new Date(0), invalidAt: null, version: "" };
  return { id, text, slot, fingerprint, ...times };
}

const verbs =
  `has a|has|has no|no longer has a|does not have a|sold their|lost their|bought a|just bought a|wants to buy a|
  is planning a|cancelled their|gave up on|gave up|quit|stopped|drinks|drives a|eats|never eats|likes|does not like|broke up with their|
  will buy a|is thinking of buying a|returned the`
    .split("|")
    .map((verb) => verb.trim());
const things =
  `dog|dog named Rex|big dog named Rex since May|cat|t-shirt|t shirt|red car|car|car in Rome|coffee|coffee every day|meat|
  trip to Japan|trip to Japan next year|house|house in Berlin|girlfriend|girlfriend named Zoé|wife|pets|any pets|two kids|kids|smoking`
    .split("|")
    .map((thing) => thing.trim());
const others =
  `User's dog died.|User's dog Rex died last week.|User's cat ran away.|User graduated.|User is a medical student.|
  User is vegan.|User is vegetarian.|User is single.|User is dating Ann.|User has no siblings.|User quit their job.|User works at Google.|
  User works as a nurse.|User lives in Rome.|User moved to Oslo.|User's favorite color is red.|User broke up.|User is called Al.`
    .split("|")
    .map((text) => text.trim());

let texts: readonly string[] = [];
beforeAll(async () => {
  const pairs = readFileSync(new URL("../../../eval/mind-changes.jsonl", import.meta.url), "utf8");
  const said = [...pairs.matchAll(/"(?:before|after)": ("(?:[^"\\]|\\.)*")/g)].map(([, text = ""]) => ({
    role: "user",
    content: String(JSON.parse(text)),
  }));
  const { statements } = await createOfflineExtractor().extract(normaliseMessages(said), {});
  texts = [...statements.map(({ text }) => text), ...others];
});

test("for any statements and memories, the decisions are those of comparing each with each", () => {
  const madeUp = fc
    .tuple(fc.constantFrom(...verbs), fc.constantFrom(...things))
    .map(([verb, thing]) => `User ${verb} ${thing}.`);
  const heard = fc.integer({ min: 0, max: texts.length - 1 }).map((at) => texts[at]!);
  const statements = fc.array(
    fc.oneof({ weight: 2, arbitrary: madeUp }, { weight: 1, arbitrary: heard }).map((text) =>
      statementOf(text, {
        role: "user",
        saidAt: null,
        eventId: null,
        index: 0,
      }),
    ),
    { maxLength: 25 },
  );
  fc.assert(
    fc.property(statements, statements, (before, after) => {
      const first = reconcileByComparison(before, [], createIds(0));
      const active = activeOf(factsAfter([], first, new Date(0)));
      expect(reconcile(before, { facts: [], arrivedAt: new Date(0) }, createIds(0))).toEqual(first);
      expect(reconcile(after, { facts: active, arrivedAt: new Date(1) }, createIds(100))).toEqual(
        reconcileByComparison(after, active, createIds(100)),
      );
    }),
    { numRuns: 120 },
  );
}, 60_000);
