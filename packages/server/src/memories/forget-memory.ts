import type { MemoryId } from "@memlane/core";
import type { RequestDatabase } from "../database/org-shares.ts";
import { deleteWords } from "../store/delete-messages.ts";
import { forgetMemory as forget, type ForgottenMemory } from "../store/mined-memories.ts";
import { lockMemoryWithFacts } from "./lock-memory-with-facts.ts";

/**
 * Forgets a memory. Its row is kept as history; the messages and episodes of conversations have no history and are deleted. Returns
 * undefined if there is no such memory.
 */
export async function forgetMemory(
  database: RequestDatabase,
  orgId: string,
  id: MemoryId,
): Promise<ForgottenMemory | undefined> {
  return database.transaction(async (sql) => {
    await lockMemoryWithFacts(sql, orgId, id);
    const forgotten = await forget(sql, orgId, id);
    if (forgotten !== undefined) return forgotten;
    const words = await deleteWords(sql, orgId, id);
    return words && { ...words, facts: [] };
  });
}
