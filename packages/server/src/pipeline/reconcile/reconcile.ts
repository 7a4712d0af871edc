import type { MemoryId } from "@memlane/core";
import type { KnownFact } from "../../store/known-facts.ts";
import { createStatementReader } from "../match/active-statements.ts";
import { momentOf, type Statement } from "../statement/statement.ts";
import { findOutdated } from "./find-outdated.ts";
import { createTimeline } from "./timeline.ts";

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
  /** Store it as a retired memory, because a memory that was said later ended it. It may itself retire older memories. */
  | {
      readonly type: "late";
      readonly statement: Statement;
      readonly id: MemoryId;
      readonly supersededBy: MemoryId;
      readonly isRetracted: boolean;
      readonly invalidAt: Date;
      readonly supersedes: readonly MemoryId[];
    }
  /** Store nothing: a memory says the same. A statement with a date may still retire older memories. */
  | {
      readonly type: "duplicate";
      readonly statement: Statement;
      readonly of: MemoryId;
      readonly supersedes: readonly MemoryId[];
    }
  /** Store nothing: a later statement of the job ends it, and the statement that is true at the end is already stored. */
  | { readonly type: "outdated"; readonly statement: Statement }
  /** Store nothing: the statement would only be stored as a successor, and it ends no fact. */
  | { readonly type: "unneeded"; readonly statement: Statement };

/** What `reconcile` compares the statements with. */
export interface KnownFacts {
  readonly facts: readonly KnownFact[];
  /** When the statements without a date were said. */
  readonly arrivedAt: Date;
}

/**
 * Decides what to do with each statement of a job, in the order in which they were said, by their dates if they have any.
 * Deterministic. What was said later wins, not what arrived later: a fact is active if nothing that ends it was said after it.
 * Afterwards no two active memories share a slot or a fingerprint, if none did before. A second run with the same statements
 * stores nothing, so a job may run twice.
 */
export function reconcile(
  said: readonly Statement[],
  { facts, arrivedAt }: KnownFacts,
  newId: () => MemoryId,
): readonly Decision[] {
  const read = createStatementReader();
  const atMs = (statement: Statement) => momentOf(statement, arrivedAt).getTime();
  const statements = said.toSorted((one, other) => atMs(one) - atMs(other));
  const timeline = createTimeline({ facts, statements, atMs, read });
  const isStored = statements.map((statement) => timeline.active.repeatedBy(statement) !== undefined);
  const isOutdated = findOutdated(statements, isStored, read);
  const made = new Map<MemoryId, Statement>();
  const isOfSameMessage = (id: MemoryId, { sourceIndexes }: Statement) =>
    made.get(id)?.sourceIndexes.some((index) => sourceIndexes.includes(index)) === true;
  return statements.map((statement, index): Decision => {
    const same = timeline.repeatedBy(statement);
    if (same !== undefined) {
      // A client may send a conversation again. Without dates, that is no sign that all of it was said again.
      const ended = (statement.saidAt === null ? [] : timeline.endedBy(statement)).filter(
        ({ entry }) => entry.lastMs < atMs(statement),
      );
      for (const { entry } of ended) timeline.retire(entry, statement);
      timeline.repeat(same, statement);
      return { type: "duplicate", statement, of: same.id, supersedes: ended.map(({ entry }) => entry.id) };
    }
    if (statement.saidAt === null && isOutdated(index)) return { type: "outdated", statement };
    const all = timeline.endedBy(statement);
    // It only repeats in part what else its message says.
    const ended =
      statement.onlyAsSuccessor === true
        ? all.filter(({ entry }) => !isOfSameMessage(entry.id, statement))
        : all;
    const sharesSlot = all.some(
      (each) => !ended.includes(each) && each.entry.slot !== null && each.entry.slot === statement.slot,
    );
    if (statement.onlyAsSuccessor === true && (ended.length === 0 || sharesSlot))
      return { type: "unneeded", statement };
    const id = newId();
    made.set(id, statement);
    for (const { entry } of ended) timeline.retire(entry, statement);
    const end = timeline.endOf(statement);
    timeline.add(id, statement, end);
    const [first, ...others] = ended.map(({ entry }) => entry.id);
    if (end !== undefined) {
      return {
        type: "late",
        statement,
        id,
        supersededBy: end.by.id,
        isRetracted: end.retracts,
        invalidAt: new Date(end.atMs),
        supersedes: ended.map(({ entry }) => entry.id),
      };
    }
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
