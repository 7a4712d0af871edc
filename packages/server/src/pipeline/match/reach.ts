import type { FactReach } from "../../store/known-facts.ts";
import { oppositeOf } from "../statement/fingerprint.ts";
import { momentOf, type Statement } from "../statement/statement.ts";
import { mayEndAnyFact } from "./active-statements.ts";

/**
 * Which facts to compare the statements with. Most statements only need facts with the same slot or fingerprint. Statements without
 * a date were said at `arrivedAt`.
 */
export function reachOf(statements: readonly Statement[], arrivedAt: Date): FactReach {
  const saidAtMs = statements.map((statement) => momentOf(statement, arrivedAt).getTime());
  return {
    since: new Date(saidAtMs.reduce((first, each) => Math.min(first, each), Infinity)),
    needsRecent: statements.some((statement) => mayEndAnyFact(statement)),
    slots: statements.flatMap(({ slot }) => slot ?? []),
    fingerprints: statements.flatMap(({ fingerprint }) => [fingerprint, oppositeOf(fingerprint)]),
  };
}
