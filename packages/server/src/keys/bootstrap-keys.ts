import type { Logger } from "pino";
import { newId } from "../base/new-id.ts";
import type { Sql } from "../database/database.ts";
import { saveApiKey, type Scope } from "../store/api-keys.ts";
import { insertOrg } from "../store/orgs.ts";

/** A key from the settings. */
export interface KeyToKeep {
  readonly orgId: string;
  readonly key: string;
  readonly scopes: readonly Scope[];
}

/**
 * Stores these keys with these scopes. A key that is stored already gets these scopes. A revoked key
 * stays revoked, with a warning in the log.
 */
export async function bootstrapKeys(sql: Sql, keys: readonly KeyToKeep[], log: Logger): Promise<void> {
  for (const { orgId, key, scopes } of keys) {
    await insertOrg(sql, orgId);
    const { hint, revokedAt } = await saveApiKey(sql, { id: newId(), orgId, name: "bootstrap", key, scopes });
    if (revokedAt !== null) {
      log.warn(
        { orgId, key: `…${hint}`, revokedAt },
        "a key in MEMLANE_BOOTSTRAP_KEYS is revoked and stays revoked: replace it there",
      );
    }
  }
}
