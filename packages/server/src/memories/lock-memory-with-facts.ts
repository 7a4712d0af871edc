import type { MemoryId } from "@memlane/core";
import type { Sql } from "../database/database.ts";
import { lockFactsOf, lockMemory } from "../store/mined-memories.ts";

/**
 * Locks a memory and the facts that it states. The facts come first, as in a miner's transaction, so that the two do not deadlock.
 * The later statements of the transaction then see what a miner or another deletion has just stored.
 */
export async function lockMemoryWithFacts(sql: Sql, orgId: string, id: MemoryId): Promise<void> {
  await lockFactsOf(sql, orgId, id);
  await lockMemory(sql, orgId, id);
  await lockFactsOf(sql, orgId, id); // a miner may have added some
}
