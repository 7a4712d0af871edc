import type { BatchJobView } from "@memlane/core/internal";

/**
 * One line of JSON for each failed item, with its error. `request` is what the server has kept of an ended batch: its
 * failed items in their order, then those that it did not reach.
 */
export function linesOfFailed(
  { errors, failed }: Pick<BatchJobView, "errors" | "failed">,
  request: unknown,
): string {
  const inOrder = errors.toSorted((a, b) => a.index - b.index);
  // A server may shorten its list of errors. Then nothing tells which error an item has.
  const items: readonly unknown[] = Array.isArray(request) && errors.length === failed ? request : [];
  return inOrder.map((error, place) => `${JSON.stringify({ ...error, item: items[place] })}\n`).join("");
}
