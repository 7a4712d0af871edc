import { hash } from "node:crypto";
import type { Database } from "../database/database.ts";
import { findApiKey, keyRevokedChannel, type ApiKey } from "./api-keys.ts";

/** Finds the key that is neither unknown nor revoked. */
export type FindKey = (key: string) => Promise<ApiKey | undefined>;

const freshMs = 1000; // how long a revoked key may still work where the notification got lost
const mostKeys = 10_000;

/**
 * Finds keys and knows them for a moment. A key that is revoked is forgotten when the notification arrives, and within
 * a second of its look-up in any case. Keys that were not found are looked up anew each time, since one may be made.
 */
export async function openKnownKeys(database: Database, now: () => number = Date.now): Promise<FindKey> {
  const known = new Map<string, { readonly untilMs: number; readonly found: Promise<ApiKey | undefined> }>();
  await database.listen(keyRevokedChannel, () => known.clear());
  return async (key) => {
    const name = hash("sha256", key, "base64");
    const remembered = known.get(name);
    if (remembered !== undefined && now() < remembered.untilMs) return remembered.found;
    if (known.size >= mostKeys) known.clear();
    // From before the look-up: what it finds may be revoked while the answer is on its way.
    const entry = { untilMs: now() + freshMs, found: findApiKey(database, key) };
    known.set(name, entry);
    try {
      const found = await entry.found;
      if (found === undefined && known.get(name) === entry) known.delete(name);
      return found;
    } catch (error) {
      if (known.get(name) === entry) known.delete(name);
      throw error;
    }
  };
}
