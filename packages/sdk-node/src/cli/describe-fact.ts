import type { FactWire } from "@memlane/core";
import { printable } from "./printable.ts";

/** What a fact says, and when it is true. */
export function describeFact({ subject, predicate, object, ...times }: FactWire): string {
  return `${printable(`${subject} ${predicate} ${object}`)}  (${timesOf(times)})`;
}

function timesOf({
  tense,
  created_at,
  valid_from,
  invalid_at,
}: Pick<FactWire, "tense" | "created_at" | "valid_from" | "invalid_at">): string {
  const began = valid_from ?? created_at;
  if (tense === "past")
    return invalid_at === null ? `past, by ${dayOf(began)}` : `past, ended by ${dayOf(invalid_at)}`;
  const until = invalid_at === null ? "" : `, until ${dayOf(invalid_at)}`;
  const plan = tense === "planned" ? ", planned, not done" : "";
  return `since ${dayOf(began)}${until}${plan}`;
}

const dayOf = (time: string) => time.slice(0, "2026-01-01".length);
