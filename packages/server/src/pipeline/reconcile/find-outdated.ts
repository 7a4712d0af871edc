import { createActiveStatements, type Comparable, type StatementReader } from "../match/active-statements.ts";
import type { Statement } from "../statement/statement.ts";

/**
 * Finds statements that a later statement of the same job ends, if the statement that is true at the end is already stored. "I
 * live in Rome … I moved to Oslo" ends in Oslo. If Oslo is stored, reading both again must not bring Rome back.
 */
export function findOutdated(
  statements: readonly Statement[],
  isStored: readonly boolean[],
  read: StatementReader,
): (index: number) => boolean {
  const current = createActiveStatements<Comparable & { readonly saidAt: number[] }>([], read);
  const endedAt = new Map<number, number>();
  for (const [index, statement] of statements.entries()) {
    for (const { entry } of current.endedBy(statement)) {
      current.remove(entry);
      for (const at of entry.saidAt) endedAt.set(at, index);
    }
    const same = current.repeatedBy(statement);
    if (same === undefined) current.add({ ...statement, saidAt: [index] });
    else same.saidAt.push(index);
  }
  // Only a later statement can end an earlier one, so going backwards visits the last statement first.
  const lastIsStored = [...isStored];
  for (let index = statements.length - 1; index >= 0; index -= 1) {
    const at = endedAt.get(index);
    if (at !== undefined) lastIsStored[index] = lastIsStored[at] === true;
  }
  return (index) => endedAt.has(index) && lastIsStored[index] === true;
}
