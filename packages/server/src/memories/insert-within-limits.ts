import type { MemlaneError } from "@memlane/core";
import type { Memory } from "@memlane/core/internal";
import type { Sql } from "../database/database.ts";
import { judgeWrites } from "../limits/judge-writes.ts";
import { holdOrgs } from "../store/hold-orgs.ts";
import { limitsWrites, type Limits } from "../store/limits.ts";
import { insertMemories, type NewMemory } from "../store/memories.ts";
import { readWriteStandings, saveMonthlyWrites } from "../store/write-standing.ts";

/** What became of memories that were to be stored. */
export interface WithinLimits {
  readonly stored: readonly Memory[];
  /** For each of them undefined, or why it was not stored. */
  readonly refusals: readonly (MemlaneError | undefined)[];
}

/**
 * Stores, in the transaction of `sql`, what of these memories the organisation may store, in their order. Those of a
 * batch were promised room when it was accepted; all others leave it to them.
 */
export async function insertWithinLimits(
  sql: Sql,
  orgId: string,
  limits: Limits,
  memories: readonly NewMemory[],
  arePromised = false,
): Promise<WithinLimits> {
  if (memories.length === 0 || !limitsWrites(limits)) {
    return { stored: await insertMemories(sql, orgId, memories), refusals: memories.map(() => undefined) };
  }
  await holdOrgs(sql, [orgId]);
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
