import type { Claim } from "./claim.ts";
import { elaborations, endsOthers, whyEnds } from "./contradictions.ts";
import { oppositeOf, plainFormOf, propositionOf } from "./fingerprint.ts";

/** What decides whether a claim can stand beside another. */
export interface Standing {
  readonly text: string;
  readonly slot: string | null;
  readonly fingerprint: string;
}

/** A claim that cannot hold any longer, and why, in a word or two for a log. */
interface Excluded<Entry> {
  readonly entry: Entry;
  readonly why: string;
}

/** Claims that hold at one moment, found by what a newcomer would repeat or replace. */
export interface StandingClaims<Entry extends Standing> {
  /** One that says what `claim` says, or all of that and more: "has a dog named Rex" for "has a dog". */
  readonly saying: (claim: Claim) => Entry | undefined;
  /** Those that cannot hold any longer once `claim` does, in the order in which they were added. */
  readonly excludedBy: (claim: Claim) => readonly Excluded<Entry>[];
  readonly add: (entry: Entry) => void;
  readonly remove: (entry: Entry) => void;
}

/** Whether a claim may end or repeat others that share neither its slot nor its fingerprint, so that all are needed. */
export function needsAllClaims(claim: Claim): boolean {
  return (
    claim.retracts ||
    claim.fingerprint.startsWith("!") ||
    isPossession(propositionOf(claim.text).words) ||
    endsOthers(claim.text)
  );
}

/** The claims that stand, to begin with `entries`. */
export function createStandingClaims<Entry extends Standing>(
  entries: Iterable<Entry>,
): StandingClaims<Entry> {
  const all = new Set<Entry>();
  const byFingerprint = new Map<string, Set<Entry>>();
  const bySlot = new Map<string, Set<Entry>>();

  const add = (entry: Entry) => {
    all.add(entry);
    addTo(byFingerprint, entry.fingerprint, entry);
    if (entry.slot !== null) addTo(bySlot, entry.slot, entry);
  };
  for (const entry of entries) add(entry);

  return {
    add,
    remove: (entry) => {
      all.delete(entry);
      byFingerprint.get(entry.fingerprint)?.delete(entry);
      if (entry.slot !== null) bySlot.get(entry.slot)?.delete(entry);
    },
    saying: (claim) => {
      const [same] = byFingerprint.get(claim.fingerprint) ?? [];
      if (same !== undefined) return same;
      const { words, denied } = propositionOf(claim.text);
      if (denied || !isPossession(words)) return undefined;
      return [...all].find((entry) => elaborates(propositionOf(entry.text), words));
    },
    excludedBy: (claim) => {
      const excluded = new Map<Entry, string>();
      const exclude = (found: Iterable<Entry> | undefined, why: string) => {
        for (const entry of found ?? []) if (!excluded.has(entry)) excluded.set(entry, why);
      };
      if (claim.slot !== null) exclude(bySlot.get(claim.slot), `only one ${claim.slot}`);
      exclude(byFingerprint.get(oppositeOf(claim.fingerprint)), "the contrary");
      if (needsAllClaims(claim)) {
        for (const entry of all) {
          const why = endOf(entry, claim);
          if (why !== null) exclude([entry], why);
        }
      }
      return [...excluded]
        .filter(([entry]) => entry.fingerprint !== claim.fingerprint)
        .map(([entry, why]) => ({ entry, why }));
    },
  };
}

function addTo<Entry>(index: Map<string, Set<Entry>>, key: string, entry: Entry): void {
  const entries = index.get(key);
  if (entries === undefined) index.set(key, new Set([entry]));
  else entries.add(entry);
}

const plainElaborations = new Set(elaborations.map(plainFormOf));

/** Why `claim` ends what `entry` says; null when it does not. */
function endOf(entry: Standing, claim: Claim): string | null {
  // "Quit their job" also ends who the employer was.
  if (claim.retracts && claim.slot !== null && entry.slot?.startsWith(`${claim.slot}:`))
    return `no ${claim.slot} any more`;
  const said = propositionOf(claim.text);
  const held = propositionOf(entry.text);
  // "No longer has a dog" also ends "has a dog named Rex".
  if (said.denied && said.words.length > 0 && elaborates(held, said.words)) return "denied";
  // "Has a dog named Rex" says all that "has a dog" does.
  if (isPossession(held.words) && !held.denied && elaborates(said, held.words)) return "said in more detail";
  return whyEnds(claim.text, entry.text);
}

/** Whether a proposition affirms these words and goes on about the same: "eat meat" and "eat meat every day". */
function elaborates(
  { words, denied }: { words: readonly string[]; denied: boolean },
  shorter: readonly string[],
): boolean {
  const next = words[shorter.length];
  if (denied || !shorter.every((word, at) => words[at] === word)) return false;
  return next === undefined || plainElaborations.has(next);
}

function isPossession(words: readonly string[]): boolean {
  return words[0] === "have" || words[0] === "hav";
}
