import type { FactWire } from "@memlane/core";

/** A fact as one line of the batch dialect's tools. Days are in UTC. */
export function describeFact(fact: FactWire, now: Date): string {
  const { predicate, valid_from, created_at, last_confirmed_at, observation_count } = fact;
  const subject = nameOf(fact.subject, fact.subject_canonical);
  const object = nameOf(fact.object, fact.object_canonical);
  const since = dayOf(valid_from ?? created_at);
  const confirmed = last_confirmed_at === null ? since : dayOf(last_confirmed_at);
  const times = [
    `since ${since}`,
    ...(confirmed === since ? [] : [`confirmed ${confirmed}`]),
    ...(observation_count > 1 ? [`seen ${observation_count}x`] : []),
  ];
  const notes = notesOf(fact, now).map((note) => `  [${note}]`);
  return `${subject} · ${predicate} · ${object}  (${times.join(", ")})${notes.join("")}`;
}

/** The name that something has now, with the one by which it was mentioned if that is another: `Globex (then: Acme)`. */
function nameOf(mentioned: string, now: string | null): string {
  const isSame = now === null || now === "" || now.toLowerCase() === mentioned.toLowerCase();
  return isSame ? mentioned : `${now} (then: ${mentioned})`;
}

function notesOf({ tense, invalid_at: end }: FactWire, now: Date): readonly string[] {
  const plan = tense === "planned" ? ["planned, not done"] : [];
  if (end === null) return tense === "past" ? ["past"] : plan;
  if (new Date(end) > now) return [`until ${dayOf(end)}`, ...plan];
  return [tense === "past" ? `past, ended by ${dayOf(end)}` : `superseded ${dayOf(end)}`];
}

const dayOf = (time: string) => new Date(time).toISOString().slice(0, "2026-01-01".length);
