import type { IngestResult, MemoryId } from "@memlane/core";
import { byteLengthOf } from "../base/byte-length.ts";

/** The largest size of a result's lists, as JSON. */
const maximumBytes = 256 * 1024;

/**
 * Limits the size of a result: if its lists are too large together, it keeps their first entries
 * and counts the others. It keeps created memories before reports on messages.
 */
export function boundResult(result: IngestResult): IngestResult {
  if (bytesOf(result) <= maximumBytes) return result;
  let bytes = 0;
  let leftOut = 0;
  const take = <Entry>(entries: readonly Entry[]): readonly Entry[] => {
    const end = entries.findIndex((entry) => (bytes += bytesOf(entry) + 1) > maximumBytes);
    if (end === -1) return entries;
    leftOut += entries.length - end;
    return entries.slice(0, end);
  };
  const created = take(result.created);
  const updated = take(result.updated);
  const superseded = take(Object.entries(result.supersededBy) as [MemoryId, MemoryId][]);
  const messages = result.messages && take(result.messages);
  return { ...result, created, updated, supersededBy: Object.fromEntries(superseded), messages, leftOut };
}

const bytesOf = (value: unknown) => byteLengthOf(JSON.stringify(value));
