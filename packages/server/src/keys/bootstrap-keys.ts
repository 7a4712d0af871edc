import type { Logger } from "pino";
import type { RecordAudit } from "../audit/audit-log.ts";
import { newId } from "../base/new-id.ts";
import type { Sql } from "../database/database.ts";
import { listApiKeys, saveApiKey, type Scope } from "../store/api-keys.ts";
import { insertOrg } from "../store/orgs.ts";

/** A key from the settings. */
export interface KeyToKeep {
  readonly orgId: string;
  readonly key: string;
  readonly scopes: readonly Scope[];
}

const name = "bootstrap";

/**
 * Stores these keys with these scopes. A key that is stored already gets these scopes. A revoked key
 * stays revoked. Warns about such a key, and about each key that an earlier list had and that still works:
 * another process may still have the earlier list, so it is not revoked here.
 */
export async function bootstrapKeys(
  sql: Sql,
  keys: readonly KeyToKeep[],
  { log, audit }: { readonly log: Logger; readonly audit: RecordAudit },
): Promise<void> {
  const kept = new Set<string>();
  for (const { orgId, key, scopes } of keys) {
    const isNewOrg = await insertOrg(sql, orgId);
    const freshId = newId();
    const { id, hint, revokedAt } = await saveApiKey(sql, { id: freshId, orgId, name, key, scopes });
    const event = { orgId, actor: "manage", result: "ok" } as const;
    if (isNewOrg) audit({ ...event, action: "tenant_create", targetId: orgId });
    if (id === freshId) audit({ ...event, action: "key_create", targetId: id });
    kept.add(id);
    if (revokedAt !== null) {
      log.warn(
        { orgId, key: `…${hint}`, revokedAt },
        "a key in MEMLANE_BOOTSTRAP_KEYS is revoked and stays revoked: replace it there",
      );
    }
  }
  if (kept.size === 0) return;
  for (const { id, orgId, hint, ...key } of await listApiKeys(sql)) {
    if (key.name !== name || key.revokedAt !== null || kept.has(id)) continue;
    log.warn(
      { orgId, key: `…${hint}`, id },
      `a key that is no longer in MEMLANE_BOOTSTRAP_KEYS still works: 'memlane-server keys revoke ${id}' ends it`,
    );
  }
}
