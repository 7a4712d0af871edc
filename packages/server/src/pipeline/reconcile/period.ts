import type { MemoryId } from "@memlane/core";
import type { KnownFact } from "../../store/known-facts.ts";
import { withoutShownTimes } from "../statement/dated-text.ts";
import type { Comparable } from "../match/active-statements.ts";

/** A fact with the times at which it was said and was true, in milliseconds since 1970. */
export interface Period extends Comparable {
  readonly id: MemoryId;
  firstMs: number;
  lastMs: number;
  /** When it stopped being true; null while it is active. */
  untilMs: number | null;
  /**
   * Whether it was retired before this job. If it is then said again with the same time, the client has sent the same message
   * again.
   */
  readonly isHistory: boolean;
}

/** The period of a stored fact. */
export function periodOf(fact: KnownFact): Period {
  const { id, slot, fingerprint, firstSaidAt, lastSaidAt, invalidAt } = fact;
  return {
    id,
    text: withoutShownTimes(fact.text),
    slot,
    fingerprint,
    firstMs: firstSaidAt.getTime(),
    lastMs: lastSaidAt.getTime(),
    untilMs: invalidAt?.getTime() ?? null,
    isHistory: invalidAt !== null,
  };
}
