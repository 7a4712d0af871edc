import { MemlaneError, type MemoryId } from "@memlane/core";
import type { Memory } from "@memlane/core/internal";
import type { Sql } from "../database/database.ts";
import { changeMemory as change } from "../store/mined-memories.ts";
import { findMemory, memoryNotFound } from "./find-memory.ts";

/** The new content of a memory, and the state that the client has read. */
export interface MemoryChange {
  readonly content: string;
  readonly expectedUpdatedAt: Date | undefined;
}

/**
 * Changes what a client wrote. Its facts are mined again.
 *
 * @throws MemlaneError `memory_not_found`; `stale_write` if it was changed since; `conflict` if it is from a conversation
 */
export async function changeMemory(
  sql: Sql,
  orgId: string,
  id: MemoryId,
  { content: text, expectedUpdatedAt }: MemoryChange,
): Promise<Memory> {
  const changed = await change(sql, orgId, id, { text, expectedUpdatedAt });
  if (changed !== undefined) return changed;
  const memory = await findMemory(sql, orgId, id);
  if (memory === undefined) throw memoryNotFound();
  if (!memory.isVerbatim)
    throw new MemlaneError({
      code: "conflict",
      message: "this memory was found in a conversation and cannot be changed: correct it as a fact",
    });
  throw new MemlaneError({
    code: "stale_write",
    message: `the memory was changed at ${memory.updatedAt.toISOString()}: read it again`,
  });
}
