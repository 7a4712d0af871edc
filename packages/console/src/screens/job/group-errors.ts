import type { ItemErrorWire } from "@memlane/core";

/** The failed items with one code. */
export interface ErrorGroup {
  readonly code: string;
  /** Whether each of them can be stored when it is sent again. */
  readonly retryable: boolean;
  readonly items: readonly ItemErrorWire[];
}

/** Failed items by the code of their error, most first. */
export function groupErrors(errors: readonly ItemErrorWire[]): readonly ErrorGroup[] {
  return Object.entries(Object.groupBy(errors, ({ code = "unknown" }) => code))
    .map(([code, items = []]) => ({
      code,
      retryable: items.every(({ retryable }) => retryable === true),
      items,
    }))
    .toSorted((a, b) => b.items.length - a.items.length);
}
