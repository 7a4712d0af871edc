import * as z from "zod/mini";
import { textOrNull } from "../dialect/answer-fields.ts";
import type { Fact } from "../memory/fact.ts";
import { factWire, printFact } from "./fact.ts";

/** What is true about a user. */
export const profileWire = z.object({
  user_id: z.string(),
  /** The time that `as_of` asked for; null if the request had none. */
  as_of: textOrNull,
  /** At most 200: first those about the user, then those about others, each newest first. */
  facts: z.array(factWire),
  /** The same facts by `predicate_family`. */
  by_family: z.record(z.string(), z.array(factWire)),
  /** How many facts were true, including those that are left out. */
  total: z.int(),
  /** Whether facts are left out. */
  truncated: z.boolean(),
});
/** A profile in the wire format of the batch dialect. */
export interface ProfileWire extends z.output<typeof profileWire> {}

/** A user's profile. */
export interface Profile {
  readonly userId: string;
  /** The time that the client asked for. Undefined for now. */
  readonly asOf: Date | undefined;
  readonly facts: readonly Fact[];
  readonly total: number;
}

/** Prints a profile. */
export function printProfile({ userId, asOf, facts, total }: Profile): ProfileWire {
  return {
    user_id: userId,
    as_of: asOf?.toISOString() ?? null,
    facts: facts.map(printFact),
    by_family: printByFamily(facts),
    total,
    truncated: total > facts.length,
  };
}

function printByFamily(facts: readonly Fact[]): ProfileWire["by_family"] {
  const families: ProfileWire["by_family"] = {};
  for (const fact of facts) (families[fact.predicateFamily] ??= []).push(printFact(fact));
  return families;
}
