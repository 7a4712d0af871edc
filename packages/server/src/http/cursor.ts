// A cursor is the last id of a page with a digest of the query.
import { MemlaneError, type IdCodec, type Uuid } from "@memlane/core";
import { printUuidHex } from "@memlane/core/internal";
import { digestOf } from "./digest.ts";

/** A cursor that continues the same query after `last`. */
export function printCursor(last: Uuid, query: unknown): string {
  return printUuidHex(last) + digestOf(JSON.stringify(query));
}

/**
 * The id to continue after. @throws MemlaneError `cursor_mismatch` for a cursor of another
 * organisation or query
 */
export function parseCursor<Id extends Uuid>(ids: IdCodec<Id>, cursor: string, query: unknown): Id {
  const last = ids.parse(ids.prefix + cursor.slice(0, 32));
  if (last === undefined || cursor.slice(32) !== digestOf(JSON.stringify(query))) {
    throw new MemlaneError({ code: "cursor_mismatch", message: "the cursor does not belong to this query" });
  }
  return last;
}
