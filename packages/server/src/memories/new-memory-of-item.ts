import type { BatchItem, MemoryId } from "@memlane/core";
import { parseTimestamp, type JsonObject } from "@memlane/core/internal";
import type { NewMemory } from "../store/memory-columns.ts";

/** An item of a batch as it is stored. */
export type StoredItem = BatchItem & {
  /** Why the item is not a valid memory, as a sentence; its content is then empty. Absent if it is valid. */
  readonly refused?: string;
};

/** The memory for one item of a batch. */
export function newMemoryOfItem(item: BatchItem, id: MemoryId): NewMemory {
  return {
    id,
    type: "fact",
    text: item.content,
    user_id: item.user_id ?? null,
    agent_id: item.agent_id ?? null,
    run_id: item.run_id ?? null,
    metadata: (item.metadata ?? null) as JsonObject | null,
    verbatim: true,
    occurred_at: item.timestamp == null ? null : (parseTimestamp(item.timestamp)?.toISOString() ?? null),
  };
}
