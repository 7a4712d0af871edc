import type { Database } from "../database/database.ts";
import { openCachedRows } from "./cached-rows.ts";
import { limitsChangedChannel, readOwnLimits, type Limits } from "../store/limits.ts";

/** The limits of an organisation as they are now, or were less than a second ago. */
export type LimitsOf = (orgId: string) => Promise<Limits>;

/** Finds limits; one that is changed counts within a second everywhere. `defaults` say what no organisation says. */
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
