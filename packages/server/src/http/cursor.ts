// A cursor is the last id of a page with a digest of its list. The digest covers no filters: a client may
// change them between two pages.
import { MemlaneError, type IdCodec, type Uuid } from "@memlane/core";
import { printUuidHex } from "@memlane/core/internal";
import type { Page } from "../store/page-by-bytes.ts";
import { digestOf } from "./digest.ts";

/** An ordered list of an organisation. */
export interface OrderedList {
  readonly name: "memories" | "jobs" | "deliveries" | "export of memories" | "export of conversations";
  readonly orgId: string;
  readonly order: string;
}

/** A cursor that continues a list after `last`. */
export function printCursor(last: Uuid, list: OrderedList): string {
  return printUuidHex(last) + digestOfList(list);
}

/**
 * The id to continue after. @throws MemlaneError `cursor_mismatch` for a cursor of another
 * organisation, list or order
 */
export function parseCursor<Id extends Uuid>(ids: IdCodec<Id>, cursor: string, list: OrderedList): Id {
  const last = ids.parse(ids.prefix + cursor.slice(0, 32));
  if (last === undefined || cursor.slice(32) !== digestOfList(list)) {
    throw new MemlaneError({
      code: "cursor_mismatch",
      message: "the cursor does not belong to this list and order",
    });
  }
  return last;
}

/** Prints a page of a list, with the cursor of the next page. */
export function printPage<Row extends { readonly id: Uuid }>(
  { rows, hasMore }: Page<Row>,
  list: OrderedList,
  print: (row: Row) => object,
) {
  return {
    object: "list",
    data: rows.map((row) => print(row)),
    has_more: hasMore,
    next_cursor: hasMore ? printCursor(rows.at(-1)!.id, list) : null,
  };
}

const digestOfList = ({ name, orgId, order }: OrderedList) => digestOf(JSON.stringify([name, orgId, order]));
