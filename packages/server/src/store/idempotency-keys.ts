import type { Uuid } from "@memlane/core";
import type { Sql } from "../database/database.ts";

/** A key and the request that it came with. */
export interface KeyedRequest {
  readonly orgId: string;
  readonly key: string;
  readonly fingerprint: string;
}

/** The id of the object that was created with a key, and the fingerprint of the request. */
export interface KeptKey {
  readonly fingerprint: string;
  readonly madeId: Uuid;
}

/** How long a key is kept, in SQL. */
const keyAge = "interval '24 hours'";

/**
 * SQL that takes the keys of a relation with `org_id`, `key`, `fingerprint` and `made_id`. It
 * returns the `made_id`s of the keys that were free or expired. The order is always the same, so
 * that two transactions with common keys never deadlock.
 */
export const takingKeys = (
  relation: string,
) => `insert into memlane.idempotency_key (org_id, key, fingerprint, made_id)
   select distinct on (org_id, key) org_id, key, fingerprint, made_id from ${relation}
   order by org_id, key, made_id
   on conflict (org_id, key) do update
     set fingerprint = excluded.fingerprint, made_id = excluded.made_id, created_at = now()
     where idempotency_key.created_at < now() - ${keyAge}
   returning made_id`;

/** A key to take, and the id of the object to create with it. */
export interface KeyToTake {
  readonly keyed: KeyedRequest;
  readonly madeId: Uuid;
}

/**
 * Takes keys in the transaction that creates the objects. Returns the ids of the objects whose key
 * was free or expired. Waits for other transactions that are taking the same keys, so only one
 * transaction creates an object with a key.
 */
export async function takeKeys(sql: Sql, keys: readonly KeyToTake[]): Promise<ReadonlySet<Uuid>> {
  if (keys.length === 0) return new Set();
  const taken = await sql.query<{ made_id: Uuid }>(
    takingKeys(
      "unnest($1::text[], $2::text[], $3::text[], $4::uuid[]) as taking (org_id, key, fingerprint, made_id)",
    ),
    [
      keys.map(({ keyed }) => keyed.orgId),
      keys.map(({ keyed }) => keyed.key),
      keys.map(({ keyed }) => keyed.fingerprint),
      keys.map(({ madeId }) => madeId),
    ],
  );
  return new Set(taken.map(({ made_id }) => made_id));
}

/** Frees keys in the transaction that took them, because nothing was created with them. */
export async function giveBackKeys(sql: Sql, keys: readonly KeyToTake[]): Promise<void> {
  if (keys.length === 0) return;
  await sql.query(
    `delete from memlane.idempotency_key
     where (org_id, key) in (select * from unnest($1::text[], $2::text[]))`,
    [keys.map(({ keyed }) => keyed.orgId), keys.map(({ keyed }) => keyed.key)],
  );
}

/** Reads which object was created with a key. Undefined if the key is free. */
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

/** Deletes up to `limit` expired keys. Returns how many. */
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
