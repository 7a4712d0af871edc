import { MemlaneError, type MemoryId } from "@memlane/core";
import type { Memory } from "@memlane/core/internal";
import type { Sql } from "../database/database.ts";
import { readEpisodes } from "../store/episodes.ts";
import { readMemory } from "../store/memories.ts";
import { readMessage } from "../store/messages.ts";

/** The memory, the episode or the message of an episode that has this id, if it belongs to the organisation. */
export async function findMemory(sql: Sql, orgId: string, id: MemoryId): Promise<Memory | undefined> {
  return (
    (await readMemory(sql, orgId, id)) ??
    (await readMessage(sql, orgId, id)) ??
    (await readEpisodes(sql, orgId, [id]))[0]
  );
}

/** The error for a memory that does not exist, or belongs to another organisation. */
export function memoryNotFound(): MemlaneError {
  return new MemlaneError({ code: "memory_not_found", message: "there is no such memory" });
}
