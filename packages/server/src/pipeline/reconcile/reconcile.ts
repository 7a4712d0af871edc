import type { MemoryId } from "@memlane/core";
import type { ActiveFact } from "../../store/memories.ts";
import type { Statement } from "../statement/statement.ts";
import {
  createStatementReader,
  createActiveStatements,
  type StatementReader,
  type Comparable,
} from "../match/active-statements.ts";

/** What becomes of one statement. Its ids may be those of memories that an earlier decision of the job creates. */
export type Decision =
  | { readonly type: "create"; readonly statement: Statement; readonly id: MemoryId }
  /** Stored in the place of one or more memories. */
  | {
      readonly type: "supersede";
      readonly statement: Statement;
      readonly id: MemoryId;
      readonly supersedes: readonly [MemoryId, ...MemoryId[]];
      /** Why each of them cannot stand beside it, in a word or two. */
      readonly why: readonly string[];
    }
  /** Nothing to store: an active memory says it already. */
  | { readonly type: "duplicate"; readonly statement: Statement; readonly of: MemoryId }
  /** Nothing to store: a later statement of the job takes it back, and that one is an active memory already. */
  | { readonly type: "outdated"; readonly statement: Statement };

/**
 * Decides what becomes of each statement of a job, in the order in which they were said. Total and deterministic.
 * Afterwards no two active memories share a slot or a fingerprint (if none did before), and reconciling the same
 * statements with the outcome stores nothing, so that a job may run twice.
 */
export function reconcile(
  statements: readonly Statement[],
  active: readonly ActiveFact[],
  newId: () => MemoryId,
): readonly Decision[] {
  const read = createStatementReader();
  const memories = createActiveStatements(active, read);
  const isStored = statements.map((statement) => memories.saying(statement) !== undefined);
  const isOutdated = findOutdated(statements, isStored, read);
  return statements.map((statement, index): Decision => {
    const known = memories.saying(statement);
    if (known !== undefined) return { type: "duplicate", statement, of: known.id };
    if (isOutdated(index)) return { type: "outdated", statement };
    const excluded = memories.excludedBy(statement);
    const id = newId();
    for (const { entry } of excluded) memories.remove(entry);
    memories.add({ id, text: statement.text, slot: statement.slot, fingerprint: statement.fingerprint });
    const [first, ...others] = excluded.map(({ entry }) => entry.id);
    return first === undefined
      ? { type: "create", statement, id }
      : {
          type: "supersede",
          statement,
          id,
          supersedes: [first, ...others],
          why: excluded.map(({ why }) => why),
        };
  });
}

/**
 * Finds the statements that a later one of the job takes back, where the last word on the matter is stored already. "I
 * live in Rome … I moved to Oslo" ends in Oslo; once Oslo is stored, hearing both again must not bring Rome back.
 */
function findOutdated(
  statements: readonly Statement[],
  isStored: readonly boolean[],
  read: StatementReader,
): (index: number) => boolean {
  const standing = createActiveStatements<Comparable & { readonly saidAt: number[] }>([], read);
  const takenBackAt = new Map<number, number>();
  for (const [index, statement] of statements.entries()) {
    for (const { entry } of standing.excludedBy(statement)) {
      standing.remove(entry);
      for (const at of entry.saidAt) takenBackAt.set(at, index);
    }
    const known = standing.saying(statement);
    if (known === undefined) standing.add({ ...statement, saidAt: [index] });
    else known.saidAt.push(index);
  }
  // A statement is taken back by a later one only, so from the end each last word is known when it is asked for.
  const lastWordIsStored = [...isStored];
  for (let index = statements.length - 1; index >= 0; index -= 1) {
    const at = takenBackAt.get(index);
    if (at !== undefined) lastWordIsStored[index] = lastWordIsStored[at] === true;
  }
  return (index) => takenBackAt.has(index) && lastWordIsStored[index] === true;
}
