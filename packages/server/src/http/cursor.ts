// A cursor is the last id of a page, tied to the query that made the page.
import { memoryIds, MemlaneError, type MemoryId } from "@memlane/core";
import { digestOf } from "./digest.ts";

/** The cursor that goes on after `last` in the same query. */
export function printCursor(last: MemoryId, query: unknown): string {
  return `${memoryIds.print(last).slice(memoryIds.prefix.length)}${digestOf(JSON.stringify(query))}`;
}

/** Where a cursor goes on. @throws MemlaneError `cursor_mismatch` for one of another tenant or query */
export function parseCursor(cursor: string, query: unknown): MemoryId {
  const last = memoryIds.parse(memoryIds.prefix + cursor.slice(0, 32));
  if (last === undefined || cursor.slice(32) !== digestOf(JSON.stringify(query))) {
    throw new MemlaneError({ code: "cursor_mismatch", message: "the cursor does not belong to this query" });
  }
  return last;
}
