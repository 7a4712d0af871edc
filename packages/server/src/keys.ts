import { randomBytes } from "node:crypto";
import type { Logger } from "pino";
import type { Sql } from "./database/database.ts";
import type { BootstrapKey } from "./settings/bootstrap-keys.ts";
import { newId } from "./base/new-id.ts";
import { saveApiKey, type ApiKey, type Scope } from "./store/api-keys.ts";
import { insertOrg } from "./store/orgs.ts";

/** Makes a key for an organisation, which is made too if need be. The key is never to be seen again. */
export async function createKey(
  sql: Sql,
  orgId: string,
  name: string,
  scopes: readonly Scope[],
): Promise<ApiKey & { readonly key: string }> {
  const key = `mlk_${randomBytes(24).toString("base64url")}`;
  await insertOrg(sql, orgId);
  return { ...(await saveApiKey(sql, { id: newId(), orgId, name, key, scopes })), key };
}

/** Stores these keys with these scopes if they are missing. A revoked key stays revoked and is logged. */
export async function bootstrapKeys(sql: Sql, keys: readonly BootstrapKey[], log: Logger): Promise<void> {
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
