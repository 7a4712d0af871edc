import type { MemoryId } from "@memlane/core";
import type { RequestDatabase } from "../database/org-shares.ts";
import { deleteMessages, deleteWords, listSources } from "../store/delete-messages.ts";
import { eraseStoredItems } from "../store/erase-jobs.ts";
import { deleteMemories, unlinkMemories } from "../store/erase-memories.ts";
import { listOwnFacts } from "../store/facts.ts";
import { deleteMemory } from "../store/memories.ts";
import { lockMemoryWithFacts } from "./lock-memory-with-facts.ts";

/**
 * Permanently deletes a memory, an episode or a message. With a memory, also deletes the facts that it alone states, and the
 * messages and the item of a batch that it comes from. With an episode, also its messages. Returns whose it was, or undefined if
 * the organisation has none with this id.
 */
export async function eraseMemory(
  database: RequestDatabase,
  orgId: string,
  id: MemoryId,
): Promise<{ readonly userId: string | null } | undefined> {
  return database.transaction(async (sql) => {
    await lockMemoryWithFacts(sql, orgId, id);
    const sources = await listSources(sql, orgId, id);
    await deleteMessages(sql, orgId, sources);
    const facts = await listOwnFacts(sql, orgId, [id]);
    await unlinkMemories(sql, orgId, [...facts, id]);
    await deleteMemories(sql, orgId, facts);
    const memory = await deleteMemory(sql, orgId, id);
    if (memory === undefined) return deleteWords(sql, orgId, id);
    await eraseStoredItems(sql, orgId, memory.text);
    return memory;
  });
}
