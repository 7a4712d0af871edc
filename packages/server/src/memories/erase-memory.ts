import type { MemoryId } from "@memlane/core";
import type { RequestDatabase } from "../database/org-shares.ts";
import { deleteEpisode, deleteMessages, listSources } from "../store/delete-messages.ts";
import { listOwnFacts } from "../store/facts.ts";
import { deleteMemory } from "../store/memories.ts";

/**
 * Permanently deletes a memory, the facts that it alone states and the messages that it comes from; or an episode and its messages, or one message. False if the
 * organisation has none with this id.
 */
export async function eraseMemory(database: RequestDatabase, orgId: string, id: MemoryId): Promise<boolean> {
  return database.transaction(async (sql) => {
    const sources = await listSources(sql, orgId, id);
    await deleteMessages(sql, orgId, sources);
    for (const factId of await listOwnFacts(sql, orgId, id)) await deleteMemory(sql, orgId, factId);
    if (await deleteMemory(sql, orgId, id)) return true;
    return (await deleteMessages(sql, orgId, [id])) > 0 || (await deleteEpisode(sql, orgId, id));
  });
}
