import { hash } from "node:crypto";
import type { Database } from "../database/database.ts";
import { findApiKey, findApiKeyById, keyRevokedChannel, type KnownKey } from "../store/api-keys.ts";
import { openCachedRows } from "./cached-rows.ts";

/** Finds an API key. Undefined if it is unknown or revoked. */
export type FindKey = (name: string) => Promise<KnownKey | undefined>;

/** Finds keys by their text. A revoked key stops working within a second in every process. */
export function openCachedKeys(database: Database, now?: () => number): Promise<FindKey> {
  return openCachedRows(database, {
    find: (key) => findApiKey(database, key),
    channel: keyRevokedChannel,
    aliasOf: (key) => hash("sha256", key, "base64"), // a key stays in memory no longer than its request
    ...(now && { now }),
  });
}

/** Finds keys by their ids, with the same cache rules. */
export function openCachedKeyIds(database: Database): Promise<FindKey> {
  return openCachedRows(database, { find: (id) => findApiKeyById(database, id), channel: keyRevokedChannel });
}
