import type { MemoryId } from "@memlane/core";
import type { RequestDatabase } from "../database/org-shares.ts";
import { deleteEpisode, deleteMessages, listSources } from "../store/delete-messages.ts";
import { eraseStoredItems } from "../store/erase-jobs.ts";
import { listOwnFacts } from "../store/facts.ts";
import { deleteMemory } from "../store/memories.ts";

/**
 * Permanently deletes a memory with the facts that it alone states, the messages and the item of a batch that it comes from; or an
 * episode and its messages, or one message. False if the
 * organisation has none with this id.
 */
export async function eraseMemory(database: RequestDatabase, orgId: string, id: MemoryId): Promise<boolean> {
  return database.transaction(async (sql) => {
    const sources = await listSources(sql, orgId, id);
    await deleteMessages(sql, orgId, sources);
    for (const factId of await listOwnFacts(sql, orgId, [id])) await deleteMemory(sql, orgId, factId);
    const text = await deleteMemory(sql, orgId, id);
    if (text !== undefined) {
      await eraseStoredItems(sql, orgId, text);
      return true;
    }
    return (await deleteMessages(sql, orgId, [id])) > 0 || (await deleteEpisode(sql, orgId, id));
  });
}
