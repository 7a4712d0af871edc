import type { MemoryId } from "@memlane/core";
import type { KnownFact } from "../../store/known-facts.ts";
import {
  createActiveStatements,
  type ActiveStatements,
  type Comparable,
  type StatementReader,
} from "../match/active-statements.ts";
import { statementOf, type Statement } from "../statement/statement.ts";
import { createCurrentFacts } from "./current-facts.ts";
import { periodOf, type Period } from "./period.ts";

/** The fact that ended a statement before the statement arrived. */
interface End {
  readonly by: Period;
  readonly atMs: number;
  /** Whether that fact only retracts the statement and puts nothing in its place. */
  readonly retracts: boolean;
}

interface Ended {
  readonly entry: Period;
  readonly why: string;
}

/** The facts of a user, with the periods in which they were true. Pass statements in the order in which they were said. */
export interface Timeline {
  readonly active: ActiveStatements<Period>;
  /**
   * A fact that says the same as `statement` and was true when it was said, or became true later, before `statement` ended. Else
   * a fact that says more and was first said no later than `statement`.
   */
  readonly repeatedBy: (statement: Statement) => Period | undefined;
  /** The facts that were true when `statement` was said, were not said again later, and are ended by it. */
  readonly endedBy: (statement: Statement) => readonly Ended[];
  /** The fact that first ended `statement` after it was said; undefined if `statement` is still true. */
  readonly endOf: (statement: Statement) => End | undefined;
  readonly add: (id: MemoryId, statement: Statement, end: End | undefined) => void;
  readonly retire: (entry: Period, by: Statement) => void;
  readonly repeat: (entry: Period, statement: Statement) => void;
}

/** What a timeline is made of. */
export interface TimelineOptions {
  readonly facts: readonly KnownFact[];
  /** The statements of the job, in the order in which they were said. */
  readonly statements: readonly Statement[];
  /** When a statement was said. */
  readonly atMs: (statement: Statement) => number;
  readonly read: StatementReader;
}

/** Makes the timeline of the known facts. */
export function createTimeline({ facts, statements, atMs, read }: TimelineOptions): Timeline {
  const periods = facts.map(periodOf);
  const active = createActiveStatements(
    periods.filter(({ untilMs }) => untilMs === null),
    read,
  );
  const ends = findEnds(periods, statements, atMs, read);
  const byFingerprint = new Map<string, Set<Period>>();
  for (const period of periods) addTo(byFingerprint, period);
  const current = createCurrentFacts(periods, read);

  return {
    active,
    repeatedBy(statement) {
      const ms = atMs(statement);
      const same = [...(byFingerprint.get(statement.fingerprint) ?? [])];
      const then = same.find(
        ({ firstMs, lastMs, untilMs, isHistory }) =>
          firstMs <= ms && (untilMs === null || ms < untilMs || (isHistory && ms <= lastMs)),
      );
      if (then !== undefined) return then;
      const endMs = ends.get(statement)?.atMs ?? Infinity;
      const next = same.find(({ firstMs }) => ms < firstMs && firstMs <= endMs);
      if (next !== undefined) return next;
      // A fact that says more repeats the statement, too.
      return [current.at(ms).repeatedBy(statement), active.repeatedBy(statement)].find(
        (more) => more !== undefined && more.firstMs <= ms,
      );
    },
    endedBy: (statement) => current.at(atMs(statement)).endedBy(statement),
    endOf: (statement) => ends.get(statement),
    add(id, statement, end) {
      const { text, slot, fingerprint } = statement;
      const ms = atMs(statement);
      const said = { id, text, slot, fingerprint, firstMs: ms, lastMs: ms };
      const period = { ...said, untilMs: end?.atMs ?? null, isHistory: false };
      addTo(byFingerprint, period);
      if (end === undefined) active.add(period);
      current.add(period);
    },
    retire(entry, by) {
      if (entry.untilMs === null) active.remove(entry);
      current.remove(entry);
      byFingerprint.get(entry.fingerprint)?.delete(entry);
      entry.untilMs = atMs(by);
    },
    repeat(entry, statement) {
      entry.firstMs = Math.min(entry.firstMs, atMs(statement));
      entry.lastMs = Math.max(entry.lastMs, atMs(statement));
    },
  };
}

function addTo(byFingerprint: Map<string, Set<Period>>, period: Period): void {
  const same = byFingerprint.get(period.fingerprint) ?? new Set();
  byFingerprint.set(period.fingerprint, same.add(period));
}

/**
 * Finds for each statement the known fact that ended it first, among those said later. Goes through the facts in the order in
 * which they were said.
 */
function findEnds(
  periods: readonly Period[],
  statements: readonly Statement[],
  atMs: (statement: Statement) => number,
  read: StatementReader,
): ReadonlyMap<Statement, End> {
  const earliestMs = statements.reduce((earliest, each) => Math.min(earliest, atMs(each)), Infinity);
  const sayings = periods
    .flatMap((by) => [...new Set([by.firstMs, by.lastMs])].map((ms) => ({ by, ms })))
    .filter(({ ms }) => ms > earliestMs)
    .toSorted((one, other) => one.ms - other.ms);
  const ends = new Map<Statement, End>();
  if (sayings.length === 0) return ends;
  const unended = createActiveStatements<Statement>([], read);
  let added = 0;
  for (const { by, ms } of sayings) {
    for (; added < statements.length && atMs(statements[added]!) < ms; added += 1)
      unended.add(statements[added]!);
    const fact = statementOfFact(by);
    for (const { entry } of unended.endedBy(fact)) {
      unended.remove(entry);
      ends.set(entry, { by, atMs: ms, retracts: fact.retracts });
    }
  }
  return ends;
}

/** A fact in the form in which it is compared. */
function statementOfFact({ text, slot, fingerprint }: Comparable): Statement {
  const speaker = { role: "", saidAt: null, eventId: null, index: 0 };
  return { ...statementOf(text, speaker), slot, fingerprint };
}
