import { hash } from "node:crypto";
import type { Prepared, Sql } from "../database/database.ts";

/** The permissions of a key within its organisation. */
export const scopes = ["memories:read", "memories:write"] as const;
/** The permission to act in every organisation. Only the command line gives it. */
export const operatorScope = "operator";
export type Scope = (typeof scopes)[number] | typeof operatorScope;

/** A stored key, without the secret text. */
export interface ApiKey {
  readonly id: string;
  readonly orgId: string;
  readonly name: string;
  /** The last characters of the key; empty for a short key. */
  readonly hint: string;
  readonly scopes: readonly Scope[];
  /** The only user that it acts for; null if it acts for all users. */
  readonly userId: string | null;
  readonly createdAt: Date;
  /** When a request used it, to the minute; null if none has. */
  readonly lastUsedAt: Date | null;
  readonly revokedAt: Date | null;
}

/** A key that was found for a request. */
export interface KnownKey extends ApiKey {
  /** The secret that signs the key's job tokens. */
  readonly tokenSecret: Uint8Array;
}

const columns = `id, org_id as "orgId", name, hint, scopes, user_id as "userId", created_at as "createdAt",
  last_used_at as "lastUsedAt", revoked_at as "revokedAt"`;
const knownColumns = `${columns}, token_secret as "tokenSecret"`;

// Keys are long and random, so a plain hash cannot be reversed by guessing. It also allows a
// look-up by index.
const hashOf = (key: string) => hash("sha256", key, "buffer");
// Enough to recognise a key, and little of what is secret in it.
const firstCharactersOf = (key: string) => (key.length < 24 ? "" : key.slice(0, 8));
const hintOf = (key: string) => (key.length < 16 ? "" : key.slice(-4));

/** A key to store, with its full text. */
export interface NewApiKey {
  readonly id: string;
  readonly orgId: string;
  readonly name: string;
  readonly key: string;
  readonly scopes: readonly Scope[];
  /** @default null */
  readonly userId?: string | null;
}

/**
 * Stores a key's hash. A key that is stored already gets these scopes. A revoked key is returned unchanged.
 *
 * @throws Error if the key belongs to another organisation
 */
export async function saveApiKey(
  sql: Sql,
  { id, orgId, name, key, scopes: granted, userId = null }: NewApiKey,
): Promise<ApiKey> {
  const [saved] = await sql.query<ApiKey>(
    `insert into memlane.api_key (id, org_id, name, hash, hint, scopes, first_characters, user_id)
     values ($1, $2, $3, $4, $5, $6, $7, $8)
     on conflict (hash) do update
       set first_characters = excluded.first_characters,
         scopes = case when api_key.revoked_at is null then excluded.scopes else api_key.scopes end
       where api_key.org_id = excluded.org_id
     returning ${columns}`,
    [id, orgId, name, hashOf(key), hintOf(key), granted, firstCharactersOf(key), userId],
  );
  if (saved === undefined) {
    throw new Error(`The key …${hintOf(key)} belongs to another organisation than ${orgId}.`);
  }
  return saved;
}

const finding: Prepared = {
  name: "find api key",
  text: `select ${knownColumns} from memlane.api_key where hash = $1 and revoked_at is null`,
};

const findingById: Prepared = {
  name: "find api key by id",
  text: `select ${knownColumns} from memlane.api_key where id = $1 and revoked_at is null`,
};

/** Finds a key. Undefined if it is unknown or revoked. */
export async function findApiKey(sql: Sql, key: string): Promise<KnownKey | undefined> {
  const [found] = await sql.query<KnownKey>(finding, [hashOf(key)]);
  return found;
}

/** Finds a key by its id, which must be a UUID. */
export async function findApiKeyById(sql: Sql, id: string): Promise<KnownKey | undefined> {
  const [found] = await sql.query<KnownKey>(findingById, [id]);
  return found;
}

/** A key by its id, also a revoked one. Undefined if there is none. */
export async function readApiKey(sql: Sql, id: string): Promise<ApiKey | undefined> {
  const [found] = await sql.query<ApiKey>(`select ${columns} from memlane.api_key where id::text = $1`, [id]);
  return found;
}

/** All keys, oldest first, including revoked ones. */
export async function listApiKeys(sql: Sql): Promise<ApiKey[]> {
  return sql.query<ApiKey>(`select ${columns} from memlane.api_key order by id`);
}

/** The notification channel for revoked keys. */
export const keyRevokedChannel = "memlane_key_revoked";

/** Revokes a key by its id. Undefined if there is none. */
export async function revokeApiKey(sql: Sql, id: string): Promise<ApiKey | undefined> {
  const [revoked] = await sql.query<ApiKey>(
    `with revoked as (
       update memlane.api_key set revoked_at = coalesce(revoked_at, now()) where id::text = $1 returning *
     )
     select ${columns}, pg_notify($2, '') from revoked`,
    [id, keyRevokedChannel],
  );
  return revoked;
}

/** Revokes all keys of an organisation. */
export async function revokeKeysOf(sql: Sql, orgId: string): Promise<void> {
  await sql.query(
    `with revoked as (
       update memlane.api_key set revoked_at = coalesce(revoked_at, now()) where org_id = $1
     )
     select pg_notify($2, '')`,
    [orgId, keyRevokedChannel],
  );
}
