import {
  createActiveStatements,
  type ActiveStatements,
  type StatementReader,
} from "../match/active-statements.ts";
import type { Period } from "./period.ts";

/** The facts that are true at a given time. A fact counts only from the last time at which it was said. */
interface CurrentFacts {
  /** The facts at this time. Each call must have the same or a later time. */
  readonly at: (ms: number) => Pick<ActiveStatements<Period>, "endedBy" | "repeatedBy">;
  /** Adds a fact that is said now. */
  readonly add: (period: Period) => void;
  /** Removes a fact that is ended now. */
  readonly remove: (period: Period) => void;
}

interface Change {
  readonly ms: number;
  readonly period: Period;
  readonly apply: (period: Period) => void;
}

/** Creates the collection of current facts. */
export function createCurrentFacts(periods: readonly Period[], read: StatementReader): CurrentFacts {
  const current = createActiveStatements<Period>([], read);
  const members = new Set<Period>();
  const add = (period: Period) => {
    members.add(period);
    current.add(period);
  };
  const remove = (period: Period) => {
    if (members.delete(period)) current.remove(period);
  };
  const endOf = (period: Period): Change[] =>
    period.untilMs === null ? [] : [{ ms: period.untilMs, period, apply: remove }];

  const begins = periods.map((period): Change => ({ ms: period.lastMs, period, apply: add }));
  const changes = [...begins, ...periods.flatMap(endOf)].toSorted((one, other) => one.ms - other.ms);
  let next = 0;

  return {
    at(ms) {
      for (; next < changes.length && changes[next]!.ms <= ms; next += 1) {
        const { period, apply } = changes[next]!;
        apply(period);
      }
      return current;
    },
    add(period) {
      add(period);
      for (const end of endOf(period)) {
        const later = changes.findIndex(({ ms }, index) => index >= next && ms > end.ms);
        changes.splice(later === -1 ? changes.length : later, 0, end);
      }
    },
    remove,
  };
}
