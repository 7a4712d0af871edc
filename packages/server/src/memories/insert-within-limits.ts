import type { MemlaneError } from "@memlane/core";
import type { Sql } from "../database/database.ts";
import { judgeWrites } from "../limits/judge-writes.ts";
import { lockOrgs } from "../store/lock-orgs.ts";
import { limitsWrites, type Limits } from "../store/limits.ts";
import { insertMemories } from "../store/memories.ts";
import type { NewMemory } from "../store/memory-columns.ts";
import { readWriteUsage, saveMonthlyWrites } from "../store/write-usage.ts";

/** Which memories the limits allow. */
export interface Admission {
  readonly admitted: readonly NewMemory[];
  /** For each memory the error if it was refused, or else undefined. */
  readonly refusals: readonly (MemlaneError | undefined)[];
}

/** Memories of one organisation to store. */
export interface MemoriesToInsert {
  readonly orgId: string;
  readonly limits: Limits;
  readonly memories: readonly NewMemory[];
  /**
   * Whether they belong to an accepted batch. A part of the quota is reserved for its items, and other
   * memories cannot use that part. @default false
   */
  readonly arePromised?: boolean;
}

/** Stores memories in the transaction of `sql`, or throws the first refusal if the limits do not allow all of them. */
export async function insertAllWithinLimits(sql: Sql, memories: MemoriesToInsert): Promise<void> {
  const { admitted, refusals } = await admitMemories(sql, memories);
  const refusal = refusals.find((each) => each !== undefined);
  if (refusal !== undefined) throw refusal;
  await insertMemories(sql, memories.orgId, admitted);
}

/** Counts the memories that the limits allow, in order. The caller stores them in the same transaction. */
export async function admitMemories(
  sql: Sql,
  { orgId, limits, memories, arePromised = false }: MemoriesToInsert,
): Promise<Admission> {
  if (memories.length === 0 || !limitsWrites(limits))
    return { admitted: memories, refusals: memories.map(() => undefined) };
  await lockOrgs(sql, [orgId]);
  const agentIds = memories.map(({ agent_id }) => agent_id ?? null);
  const usage = (await readWriteUsage(sql, [{ orgId, limits, agentIds }])).get(orgId)!;
  const refusals = judgeWrites(
    limits,
    arePromised ? { ...usage, promisedWrites: 0 } : usage,
    agentIds,
    Date.now(),
  );
  const admitted = memories.filter((_, index) => refusals[index] === undefined);
  const { writesPerMonth: limit } = limits;
  if (limit !== null && admitted.length > 0)
    await saveMonthlyWrites(sql, orgId, { writes: usage.writes + admitted.length, limit });
  return { admitted, refusals };
}
