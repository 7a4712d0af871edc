import type { Uuid } from "@memlane/core";
import type { Database, Sql } from "../database/database.ts";

/** A key and the request that it came with. */
export interface KeyedRequest {
  readonly orgId: string;
  readonly key: string;
  readonly fingerprint: string;
}

/** What a key made, and of which request. */
export interface KeptKey {
  readonly fingerprint: string;
  readonly madeId: Uuid;
}

/** How long a key is kept, in SQL. */
export const keyAge = "interval '24 hours'";

/**
 * Makes something in one transaction with its key; undefined when the key is taken. Waits for another transaction
 * that is taking it, so of any number at once exactly one makes it, and the others find what that made.
 */
export async function makeOnce<Made>(
  database: Database,
  keyed: KeyedRequest | undefined,
  madeId: Uuid,
  make: (sql: Sql) => Promise<Made>,
): Promise<Made | undefined> {
  if (keyed === undefined) return make(database);
  return database.transaction(async (sql) => ((await takeKey(sql, keyed, madeId)) ? make(sql) : undefined));
}

/** False when the key is taken; one that is old is free. */
async function takeKey(sql: Sql, { orgId, key, fingerprint }: KeyedRequest, madeId: Uuid): Promise<boolean> {
  const taken = await sql.query(
    `insert into memlane.idempotency_key (org_id, key, fingerprint, made_id) values ($1, $2, $3, $4)
     on conflict (org_id, key) do update
       set fingerprint = excluded.fingerprint, made_id = excluded.made_id, created_at = now()
       where idempotency_key.created_at < now() - ${keyAge}
     returning key`,
    [orgId, key, fingerprint, madeId],
  );
  return taken.length > 0;
}

/** What a key made; undefined when nobody has taken it. */
export async function readKey(
  sql: Sql,
  { orgId, key }: Pick<KeyedRequest, "orgId" | "key">,
): Promise<KeptKey | undefined> {
  const [kept] = await sql.query<KeptKey>(
    `select fingerprint, made_id as "madeId" from memlane.idempotency_key where org_id = $1 and key = $2`,
    [orgId, key],
  );
  return kept;
}

/** Forgets up to `limit` keys that are old; answers how many. */
export async function deleteOldKeys(sql: Sql, limit: number): Promise<number> {
  const rows = await sql.query(
    `delete from memlane.idempotency_key where (org_id, key) in (
       select org_id, key from memlane.idempotency_key where created_at < now() - ${keyAge}
       order by created_at limit $1 for update skip locked
     ) returning key`,
    [limit],
  );
  return rows.length;
}
