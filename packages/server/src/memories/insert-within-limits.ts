import type { MemlaneError } from "@memlane/core";
import type { Memory } from "@memlane/core/internal";
import type { Sql } from "../database/database.ts";
import { judgeWrites } from "../limits/judge-writes.ts";
import { lockOrgs } from "../store/lock-orgs.ts";
import { limitsWrites, type Limits } from "../store/limits.ts";
import { insertMemories, type NewMemory } from "../store/memories.ts";
import { readWriteStandings, saveMonthlyWrites } from "../store/write-standing.ts";

/** What became of memories that were to be stored. */
export interface WithinLimits {
  readonly stored: readonly Memory[];
  /** For each of them undefined, or why it was not stored. */
  readonly refusals: readonly (MemlaneError | undefined)[];
}

/** Memories of one organisation to store. */
export interface MemoriesToInsert {
  readonly orgId: string;
  readonly limits: Limits;
  readonly memories: readonly NewMemory[];
  /** Whether a batch was accepted with room for them. Other memories may not take that room. @default false */
  readonly arePromised?: boolean;
}

/** Stores, in the transaction of `sql`, the memories that the limits allow, in their order. */
export async function insertWithinLimits(
  sql: Sql,
  { orgId, limits, memories, arePromised = false }: MemoriesToInsert,
): Promise<WithinLimits> {
  if (memories.length === 0 || !limitsWrites(limits)) {
    return { stored: await insertMemories(sql, orgId, memories), refusals: memories.map(() => undefined) };
  }
  await lockOrgs(sql, [orgId]);
  const agentIds = memories.map(({ agent_id }) => agent_id ?? null);
  const standing = (await readWriteStandings(sql, [{ orgId, limits, agentIds }])).get(orgId)!;
  const refusals = judgeWrites(
    limits,
    arePromised ? { ...standing, promisedWrites: 0 } : standing,
    agentIds,
    Date.now(),
  );
  const admitted = memories.filter((_, index) => refusals[index] === undefined);
  if (limits.writesPerMonth !== null && admitted.length > 0)
    await saveMonthlyWrites(sql, orgId, standing.writes + admitted.length);
  return { stored: await insertMemories(sql, orgId, admitted), refusals };
}
