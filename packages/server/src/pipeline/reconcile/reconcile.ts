import type { MemoryId } from "@memlane/core";
import type { ActiveFact } from "../../store/memories.ts";
import { createActiveStatements, createStatementReader } from "../match/active-statements.ts";
import type { Statement } from "../statement/statement.ts";
import { findOutdated } from "./find-outdated.ts";

/** What to do with one statement. The ids may be of memories that an earlier decision of the same job creates. */
export type Decision =
  | { readonly type: "create"; readonly statement: Statement; readonly id: MemoryId }
  /** Store it and retire one or more memories. */
  | {
      readonly type: "supersede";
      readonly statement: Statement;
      readonly id: MemoryId;
      readonly supersedes: readonly [MemoryId, ...MemoryId[]];
      /** Why each of them is no longer true, in a word or two. */
      readonly why: readonly string[];
    }
  /** Store nothing: an active memory says the same. */
  | { readonly type: "duplicate"; readonly statement: Statement; readonly of: MemoryId }
  /** Store nothing: a later statement of the job ends it, and that one is stored already. */
  | { readonly type: "outdated"; readonly statement: Statement };

/**
 * Decides what to do with each statement of a job, in the order in which they were said. Deterministic. Afterwards no two active
 * memories share a slot or a fingerprint, if none did before. A second run with the same statements stores nothing, so a job may
 * run twice.
 */
export function reconcile(
  statements: readonly Statement[],
  active: readonly ActiveFact[],
  newId: () => MemoryId,
): readonly Decision[] {
  const read = createStatementReader();
  const memories = createActiveStatements(active, read);
  const isStored = statements.map((statement) => memories.repeatedBy(statement) !== undefined);
  const isOutdated = findOutdated(statements, isStored, read);
  return statements.map((statement, index): Decision => {
    const same = memories.repeatedBy(statement);
    if (same !== undefined) return { type: "duplicate", statement, of: same.id };
    if (isOutdated(index)) return { type: "outdated", statement };
    const ended = memories.endedBy(statement);
    const id = newId();
    for (const { entry } of ended) memories.remove(entry);
    memories.add({ id, text: statement.text, slot: statement.slot, fingerprint: statement.fingerprint });
    const [first, ...others] = ended.map(({ entry }) => entry.id);
    return first === undefined
      ? { type: "create", statement, id }
      : {
          type: "supersede",
          statement,
          id,
          supersedes: [first, ...others],
          why: ended.map(({ why }) => why),
        };
  });
}
