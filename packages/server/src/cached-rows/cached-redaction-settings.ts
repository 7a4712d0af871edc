import type { Database } from "../database/database.ts";
import { openCachedRows } from "./cached-rows.ts";
import {
  readRedactionSettings,
  redactionChangedChannel,
  usualRedaction,
  type RedactionSettings,
} from "../store/redaction-settings.ts";

/** Returns the settings of an organisation, at most a second old. */
export type RedactionSettingsOf = (orgId: string) => Promise<RedactionSettings>;

/** Caches settings. A change applies within a second in every process. */
export async function openCachedRedactionSettings(database: Database): Promise<RedactionSettingsOf> {
  const find = await openCachedRows<RedactionSettings>(database, {
    find: (orgId) => readRedactionSettings(database, orgId),
    channel: redactionChangedChannel,
  });
  return async (orgId) => (await find(orgId)) ?? usualRedaction;
}
