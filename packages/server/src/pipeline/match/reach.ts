import type { FactReach } from "../../store/memories.ts";
import { oppositeOf } from "../statement/fingerprint.ts";
import type { Statement } from "../statement/statement.ts";
import { mayEndAnyFact } from "./active-statements.ts";

/** Which active facts to compare the statements with. Most statements only need facts with the same slot or fingerprint. */
export function reachOf(statements: readonly Statement[]): FactReach {
  return {
    needsRecent: statements.some((statement) => mayEndAnyFact(statement)),
    slots: statements.flatMap(({ slot }) => slot ?? []),
    fingerprints: statements.flatMap(({ fingerprint }) => [fingerprint, oppositeOf(fingerprint)]),
  };
}
