// `reconcile` looks claims up. These tests compare its outcome with that of comparing every claim with every other.
import { readFileSync } from "node:fs";
import type { MemoryId } from "@memlane/core";
import { parseUuidHex } from "@memlane/core/internal";
import fc from "fast-check";
import { beforeAll, expect, test } from "vitest";
import type { Claim } from "./claim.ts";
import { claimOf } from "./claim-of.ts";
import { endingOf, plainOf } from "./contradictions.ts";
import { oppositeOf, plainFormOf, propositionOf, type Proposition } from "./fingerprint.ts";
import { normaliseMessages } from "./message.ts";
import { createOfflineExtractor } from "./offline/offline-extractor.ts";
import { reconcile, type Decision, type StoredClaim } from "./reconcile.ts";
import { elaborations } from "./things.ts";
import type { Standing } from "./standing-claims.ts";

const plainElaborations = new Set([...elaborations].map(plainFormOf));
const isPossession = ({ words, denied }: Proposition) => !denied && words[0]?.startsWith("hav") === true;

function elaborates({ words, denied }: Proposition, shorter: Proposition): boolean {
  const next = words[shorter.words.length];
  const goesOn = next === undefined || plainElaborations.has(next);
  return !denied && goesOn && shorter.words.every((word, at) => words[at] === word);
}

function isSaidBy(claim: Claim, entry: Standing): boolean {
  const said = propositionOf(claim.text);
  return isPossession(said) && elaborates(propositionOf(entry.text), said);
}

function whyEnds(claim: Claim, entry: Standing): string | null {
  const said = propositionOf(claim.text);
  const held = propositionOf(entry.text);
  if (claim.retracts && claim.slot !== null && entry.slot?.startsWith(`${claim.slot}:`) === true)
    return `no ${claim.slot} any more`;
  if (said.denied && said.words.length > 0 && elaborates(held, said)) return "denied";
  if (isPossession(held) && elaborates(said, held)) return "said in more detail";
  return endingOf(claim.text)?.whyEnds(plainOf(entry.text)) ?? null;
}

/** Which of all `entries` the claim repeats, and which it ends and why. */
function compare<Entry extends Standing>(claim: Claim, entries: readonly Entry[]) {
  const bySlot = entries.filter(({ slot }) => slot !== null && slot === claim.slot);
  const contrary = entries.filter(({ fingerprint }) => fingerprint === oppositeOf(claim.fingerprint));
  const ended = new Map<Entry, string>();
  for (const entry of bySlot) ended.set(entry, `only one ${claim.slot}`);
  for (const entry of contrary) ended.set(entry, ended.get(entry) ?? "the contrary");
  for (const entry of entries) {
    const why = ended.has(entry) ? null : whyEnds(claim, entry);
    if (why !== null) ended.set(entry, why);
  }
  return {
    known:
      entries.find(({ fingerprint }) => fingerprint === claim.fingerprint) ??
      entries.find((entry) => isSaidBy(claim, entry)),
    ended: [...ended].filter(([{ fingerprint }]) => fingerprint !== claim.fingerprint),
  };
}

function reconcileByComparison(
  claims: readonly Claim[],
  active: readonly StoredClaim[],
  newId: () => MemoryId,
): readonly Decision[] {
  let heard: readonly (Standing & { readonly saidAt: number[] })[] = [];
  const takenBackAt = new Map<number, number>();
  for (const [index, claim] of claims.entries()) {
    const { ended } = compare(claim, heard);
    for (const [{ saidAt }] of ended) for (const at of saidAt) takenBackAt.set(at, index);
    heard = heard.filter((entry) => !ended.some(([gone]) => gone === entry));
    const { known } = compare(claim, heard);
    if (known === undefined) heard = [...heard, { ...claim, saidAt: [index] }];
    else known.saidAt.push(index);
  }
  const lastWordIsStored = (index: number): boolean => {
    const at = takenBackAt.get(index);
    return at === undefined ? compare(claims[index]!, active).known !== undefined : lastWordIsStored(at);
  };
  let memories = active;
  return claims.map((claim, index): Decision => {
    const { known, ended } = compare(claim, memories);
    if (known !== undefined) return { type: "duplicate", claim, of: known.id };
    if (takenBackAt.has(index) && lastWordIsStored(index)) return { type: "outdated", claim };
    const id = newId();
    memories = [...memories.filter((entry) => !ended.some(([gone]) => gone === entry)), { ...claim, id }];
    const [first, ...others] = ended.map(([entry]) => entry.id);
    return first === undefined
      ? { type: "create", claim, id }
      : { type: "supersede", claim, id, supersedes: [first, ...others], why: ended.map(([, why]) => why) };
  });
}

function createIds(from: number): () => MemoryId {
  let count = from;
  return () => parseUuidHex((count += 1).toString(16).padStart(32, "0")) as MemoryId;
}

function activeAfter(decisions: readonly Decision[]): readonly StoredClaim[] {
  const gone = new Set(decisions.flatMap((each) => (each.type === "supersede" ? each.supersedes : [])));
  return decisions.flatMap((each) =>
    (each.type === "create" || each.type === "supersede") && !gone.has(each.id)
      ? [{ id: each.id, text: each.claim.text, slot: each.claim.slot, fingerprint: each.claim.fingerprint }]
      : [],
  );
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
  const pairs = readFileSync(new URL("../../eval/mind-changes.jsonl", import.meta.url), "utf8");
  const said = [...pairs.matchAll(/"(?:before|after)": ("(?:[^"\\]|\\.)*")/g)].map(([, text = ""]) => ({
    role: "user",
    content: String(JSON.parse(text)),
  }));
  const { claims } = await createOfflineExtractor().extract(normaliseMessages(said), {});
  texts = [...claims.map(({ text }) => text), ...others];
});

test("for all claims and memories, the decisions are those of comparing each with each", () => {
  const madeUp = fc
    .tuple(fc.constantFrom(...verbs), fc.constantFrom(...things))
    .map(([verb, thing]) => `User ${verb} ${thing}.`);
  const heard = fc.integer({ min: 0, max: texts.length - 1 }).map((at) => texts[at]!);
  const claims = fc.array(
    fc
      .oneof({ weight: 2, arbitrary: madeUp }, { weight: 1, arbitrary: heard })
      .map((text) => claimOf(text, { role: "user", content: "", saidAt: null, eventId: null, index: 0 })),
    { maxLength: 25 },
  );
  fc.assert(
    fc.property(claims, claims, (before, after) => {
      const active = activeAfter(reconcileByComparison(before, [], createIds(0)));
      expect(reconcile(before, [], createIds(0))).toEqual(reconcileByComparison(before, [], createIds(0)));
      expect(reconcile(after, active, createIds(100))).toEqual(
        reconcileByComparison(after, active, createIds(100)),
      );
    }),
    { numRuns: 120 },
  );
}, 60_000);
