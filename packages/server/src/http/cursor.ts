// A cursor is the last id of a page, tied to the query that made the page.
import { MemlaneError, type IdCodec, type Uuid } from "@memlane/core";
import { printUuidHex } from "@memlane/core/internal";
import { digestOf } from "./digest.ts";

/** The cursor that goes on after `last` in the same query. */
export function printCursor(last: Uuid, query: unknown): string {
  return printUuidHex(last) + digestOf(JSON.stringify(query));
}

/** Where a cursor goes on. @throws MemlaneError `cursor_mismatch` for one of another tenant or query */
export function parseCursor<Id extends Uuid>(ids: IdCodec<Id>, cursor: string, query: unknown): Id {
  const last = ids.parse(ids.prefix + cursor.slice(0, 32));
  if (last === undefined || cursor.slice(32) !== digestOf(JSON.stringify(query))) {
    throw new MemlaneError({ code: "cursor_mismatch", message: "the cursor does not belong to this query" });
  }
  return last;
}
