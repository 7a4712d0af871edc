import type { FactWire } from "@memlane/core";

/** A fact as one line of the batch dialect's tools. Days are in UTC. */
export function describeFact(fact: FactWire, now: Date): string {
  const { subject, predicate, object, valid_from, created_at, last_confirmed_at, observation_count } = fact;
  const times = [
    `since ${dayOf(valid_from ?? created_at)}`,
    ...(observation_count > 1 && last_confirmed_at !== null ? [`confirmed ${dayOf(last_confirmed_at)}`] : []),
    ...(observation_count > 1 ? [`seen ${observation_count}x`] : []),
  ];
  const notes = notesOf(fact, now).map((note) => `  [${note}]`);
  return `${subject} · ${predicate} · ${object}  (${times.join(", ")})${notes.join("")}`;
}

function notesOf({ tense, invalid_at: end }: FactWire, now: Date): readonly string[] {
  if (tense === "past") return [end === null ? "past" : `past, ended by ${dayOf(end)}`];
  const plan = tense === "planned" ? ["planned, not done"] : [];
  if (end === null) return plan;
  return [...plan, new Date(end) > now ? `until ${dayOf(end)}` : `superseded ${dayOf(end)}`];
}

const dayOf = (time: string) => new Date(time).toISOString().slice(0, "2026-01-01".length);
