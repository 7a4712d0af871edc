import type { MemoryId } from "@memlane/core";
import type { RequestDatabase } from "../database/org-shares.ts";
import { deleteEpisode, deleteMessages, listSources } from "../store/delete-messages.ts";
import { deleteMemory } from "../store/memories.ts";

/**
 * Deletes for good a memory with the messages that say it, or an episode with its messages, or one message. False if there is
 * nothing with this id.
 */
export async function eraseMemory(database: RequestDatabase, orgId: string, id: MemoryId): Promise<boolean> {
  return database.transaction(async (sql) => {
    const sources = await listSources(sql, orgId, id);
    await deleteMessages(sql, orgId, sources);
    if (await deleteMemory(sql, orgId, id)) return true;
    return (await deleteMessages(sql, orgId, [id])) > 0 || (await deleteEpisode(sql, orgId, id));
  });
}
