import { randomBytes } from "node:crypto";
import { newId } from "../base/new-id.ts";
import type { Sql } from "../database/database.ts";
import { saveApiKey, type ApiKey, type Scope } from "../store/api-keys.ts";
import { insertOrg } from "../store/orgs.ts";

/**
 * Creates a key for an organisation, and the organisation if it does not exist. Only this call
 * returns the key itself, because only its hash is stored.
 */
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
