import type { MemoryId } from "@memlane/core";
import type { RequestDatabase } from "../database/org-shares.ts";
import { deleteEpisode, deleteMessages } from "../store/delete-messages.ts";
import { forgetMemory as forget } from "../store/mined-memories.ts";
import { lockMemoryWithFacts } from "./lock-memory-with-facts.ts";

/**
 * Forgets a memory. Its row is kept as history; the messages and episodes of conversations have no history and are deleted. Returns
 * how many facts are no longer true, or undefined if there is no such memory.
 */
export async function forgetMemory(
  database: RequestDatabase,
  orgId: string,
  id: MemoryId,
): Promise<number | undefined> {
  return database.transaction(async (sql) => {
    await lockMemoryWithFacts(sql, orgId, id);
    const facts = await forget(sql, orgId, id);
    if (facts !== undefined) return facts;
    const areWords = (await deleteMessages(sql, orgId, [id])) > 0 || (await deleteEpisode(sql, orgId, id));
    return areWords ? 0 : undefined;
  });
}
