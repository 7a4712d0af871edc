import type { FactWire } from "@memlane/core";

/** A fact and those that it replaced, the oldest first. */
export type Lane = readonly FactWire[];

/** Puts facts that replaced each other into one lane. The lane that changed last comes first. */
export function lanesOf(facts: readonly FactWire[]): readonly Lane[] {
  const byId = new Map(facts.map((fact) => [fact.id, fact]));
  const lastOf = (fact: FactWire): FactWire => {
    const passed = new Set<string>(); // a server may send a circle
    let last = fact;
    while (last.invalidated_by !== null && !passed.has(last.id)) {
      passed.add(last.id);
      const next = byId.get(last.invalidated_by);
      if (next === undefined) break;
      last = next;
    }
    return last;
  };
  const lanes = Map.groupBy(facts, (fact) => lastOf(fact).id);
  return (
    [...lanes.values()]
      // The server sends the newest first. Reversed, facts with the same `valid_from` stay in the order in which they were stored.
      .map((lane) => lane.toReversed().toSorted(byStart))
      .toSorted((one, other) => byStart(other.at(-1)!, one.at(-1)!))
  );
}

/** When a fact became true, in ISO 8601. */
export const startOf = ({ valid_from: from, created_at: stored }: FactWire) => from ?? stored;

const byStart = (one: FactWire, other: FactWire) => Date.parse(startOf(one)) - Date.parse(startOf(other));
