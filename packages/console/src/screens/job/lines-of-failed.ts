import type { BatchJobView } from "@memlane/core/internal";

/**
 * One line of JSON for each error, with the item that failed. `request` has the items that a retry would store: the failed ones in
 * their order, then those that were never tried.
 */
export function linesOfFailed(
  { errors, failed }: Pick<BatchJobView, "errors" | "failed">,
  request: unknown,
): string {
  const inOrder = errors.toSorted((a, b) => a.index - b.index);
  // A server may shorten its list of errors. Then it is unknown which error belongs to which item.
  const items: readonly unknown[] = Array.isArray(request) && errors.length === failed ? request : [];
  return inOrder
    .map((error, position) => `${JSON.stringify({ ...error, item: items[position] })}\n`)
    .join("");
}
