import type { Database } from "../database/database.ts";
import { readApiKey, revokeApiKey, type ApiKey } from "../store/api-keys.ts";
import { createKeyAs, type CreatedKey } from "./create-key.ts";

/** How a key is replaced. */
export interface Rotation {
  readonly id: string;
  /** Whether the old key stays valid, so that its users can change to the new one in their own time. */
  readonly keepsOld: boolean;
}

/** The old and the new key of a rotation. */
export interface RotatedKeys {
  readonly old: ApiKey;
  readonly created: CreatedKey;
}

/**
 * Replaces a key with a new one that has the same organisation, name, scopes and user.
 *
 * @throws Error if the key is unknown or revoked
 */
export async function rotateKey(database: Database, { id, keepsOld }: Rotation): Promise<RotatedKeys> {
  return database.transaction(async (sql) => {
    const old = await readApiKey(sql, id);
    if (old === undefined || old.revokedAt !== null) {
      const state = old === undefined ? "There is no key" : "You cannot rotate the revoked key";
      throw new Error(`${state} ${id}. 'memlane-server keys list' lists the keys.`);
    }
    const { orgId, name, scopes, userId } = old;
    const created = await createKeyAs(sql, { orgId, name, scopes, userId });
    if (!keepsOld) await revokeApiKey(sql, id);
    return { old, created };
  });
}
