import { randomBytes } from "node:crypto";
import { newId } from "../base/new-id.ts";
import type { Sql } from "../database/database.ts";
import { operatorScope, saveApiKey, type ApiKey, type NewApiKey, type Scope } from "../store/api-keys.ts";
import { insertOrg } from "../store/orgs.ts";

/** A key, with the secret itself, and whether its organisation was created with it. */
export type CreatedKey = ApiKey & { readonly key: string; readonly isNewOrg: boolean };

/** A key to create. */
export type KeyToCreate = Omit<NewApiKey, "id" | "key">;

/**
 * Creates a key for an organisation, and the organisation if it does not exist. Only this call
 * returns the key itself, because only its hash is stored.
 */
export async function createKey(
  sql: Sql,
  orgId: string,
  name: string,
  scopes: readonly Scope[],
): Promise<CreatedKey> {
  return createKeyAs(sql, { orgId, name, scopes });
}

/**
 * Does the same for a key that may act for one user only.
 *
 * @throws Error for an operator's key, because it acts for all users
 */
export async function createKeyAs(sql: Sql, about: KeyToCreate): Promise<CreatedKey> {
  if (about.userId != null && about.scopes.includes(operatorScope)) {
    throw new Error(`A key with the scope ${operatorScope} cannot act for one user only.`);
  }
  const key = `mlk_${randomBytes(24).toString("base64url")}`;
  const isNewOrg = await insertOrg(sql, about.orgId);
  return { ...(await saveApiKey(sql, { ...about, id: newId(), key })), key, isNewOrg };
}
