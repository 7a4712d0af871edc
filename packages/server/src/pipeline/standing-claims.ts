import type { Claim } from "./claim.ts";
import { oppositeOf, plainFormOf, propositionOf } from "./fingerprint.ts";

/** What decides whether a claim can stand beside another. */
export interface Standing {
  readonly text: string;
  readonly slot: string | null;
  readonly fingerprint: string;
}

/** Claims that hold at one moment, found by what a newcomer would replace. */
export interface StandingClaims<Entry extends Standing> {
  readonly withFingerprint: (fingerprint: string) => Entry | undefined;
  /** Those that cannot hold any longer once `claim` does, in the order in which they were added. */
  readonly excludedBy: (claim: Claim) => readonly Entry[];
  readonly add: (entry: Entry) => void;
  readonly remove: (entry: Entry) => void;
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
    withFingerprint: (fingerprint) => byFingerprint.get(fingerprint)?.values().next().value,
    excludedBy: (claim) => {
      const excluded = new Set([
        ...((claim.slot !== null && bySlot.get(claim.slot)) || []),
        ...(byFingerprint.get(oppositeOf(claim.fingerprint)) ?? []),
        ...(claim.retracts ? [...all].filter((entry) => isEndedBy(entry, claim)) : []),
      ]);
      return [...excluded].filter((entry) => entry.fingerprint !== claim.fingerprint);
    },
  };
}

function addTo<Entry>(index: Map<string, Set<Entry>>, key: string, entry: Entry): void {
  const entries = index.get(key);
  if (entries === undefined) index.set(key, new Set([entry]));
  else entries.add(entry);
}

/** Words that may follow what is ended without making it another thing: "has a dog named Rex", not "a dog house". */
const elaborations = new Set(
  [
    ..."named called that who which with without in at on for from by of as since near".split(" "),
    ..."every each daily weekly because when while but though where".split(" "),
  ].map(plainFormOf),
);

/** "No longer has a dog" also ends "has a dog named Rex"; "quit their job" also ends who the employer was. */
function isEndedBy(entry: Standing, end: Claim): boolean {
  if (end.slot !== null && entry.slot?.startsWith(`${end.slot}:`)) return true;
  const ended = propositionOf(end.text);
  const held = propositionOf(entry.text);
  if (!ended.denied || held.denied || ended.words.length === 0) return false;
  const next = held.words[ended.words.length];
  return (
    ended.words.every((word, at) => held.words[at] === word) && (next === undefined || elaborations.has(next))
  );
}
