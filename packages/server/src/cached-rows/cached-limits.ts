import type { Database } from "../database/database.ts";
import { openCachedRows } from "./cached-rows.ts";
import { limitsChangedChannel, readOwnLimits, type Limits } from "../store/limits.ts";

/** Returns the limits of an organisation, at most a second old. */
export type LimitsOf = (orgId: string) => Promise<Limits>;

/**
 * Caches limits. A change applies within a second in every process. `defaults` fill in what an
 * organisation does not set.
 */
export async function openCachedLimits(
  database: Database,
  defaults: Limits,
  now?: () => number,
): Promise<LimitsOf> {
  const find = await openCachedRows<Limits>(database, {
    find: async (orgId) => ({ ...defaults, ...(await readOwnLimits(database, orgId)) }),
    channel: limitsChangedChannel,
    ...(now && { now }),
  });
  return async (orgId) => (await find(orgId)) ?? defaults;
}
