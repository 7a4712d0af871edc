import type { Database } from "../database/database.ts";
import { openKnown } from "./known.ts";
import {
  readRedactionSettings,
  redactionChangedChannel,
  usualRedaction,
  type RedactionSettings,
} from "./redaction-settings.ts";

/** The settings of an organisation as they are now, or were less than a second ago. */
export type RedactionSettingsOf = (orgId: string) => Promise<RedactionSettings>;

/** Finds settings; one that is changed counts within a second everywhere. */
export async function openKnownRedactionSettings(database: Database): Promise<RedactionSettingsOf> {
  const find = await openKnown<RedactionSettings>(database, {
    find: (orgId) => readRedactionSettings(database, orgId),
    channel: redactionChangedChannel,
  });
  return async (orgId) => (await find(orgId)) ?? usualRedaction;
}
