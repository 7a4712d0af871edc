// What the keys of organisations did on each day, and what organisations store.
import type { Prepared, Sql } from "../database/database.ts";
import { isActive } from "./active-memory.ts";

/** Counts of what was done. */
export interface UseCounts {
  /** The messages of accepted conversations. */
  readonly messages: number;
  /** Accepted conversations. */
  readonly ingests: number;
  readonly searches: number;
}

/** What a key did on a day, to be added to what is stored. */
export interface KeyUse extends UseCounts {
  readonly org_id: string;
  readonly key_id: string;
  /** Such as `2026-12-31`, in UTC. */
  readonly day: string;
  /** When it was last used on this day, in ISO 8601. */
  readonly used_at: string;
  readonly requests: number;
  /** Requests that were answered with an error. */
  readonly errors: number;
  /** How many requests took how long, by range. */
  readonly latencies: readonly number[];
}

const addition: Prepared = {
  name: "add usage",
  text: `with used as materialized (
      select used.*
      from jsonb_to_recordset($1) as used (
        org_id text, key_id uuid, day date, messages bigint, ingests bigint, searches bigint, used_at timestamptz,
        requests bigint, errors bigint, latencies bigint[]
      )
      join memlane.api_key on api_key.id = key_id and api_key.org_id = used.org_id
      order by api_key.id, day
      for no key update of api_key -- in one order, so that two processes do not deadlock
    ), counted as (
      insert into memlane.daily_usage (org_id, day, key_id, messages, ingests, searches, requests, errors, latencies)
      select org_id, day, key_id, messages, ingests, searches, requests, errors, latencies
      from used
      where ingests + searches + requests > 0
      on conflict (org_id, day, key_id) do update
      set
        messages = daily_usage.messages + excluded.messages,
        ingests = daily_usage.ingests + excluded.ingests,
        searches = daily_usage.searches + excluded.searches,
        requests = daily_usage.requests + excluded.requests,
        errors = daily_usage.errors + excluded.errors,
        latencies = memlane.add_counts(daily_usage.latencies, excluded.latencies)
    )
    update memlane.api_key
    set last_used_at = greatest(last_used_at, latest.used_at)
    from (select org_id, key_id, max(used_at) as used_at from used group by org_id, key_id) as latest
    where api_key.id = latest.key_id and api_key.org_id = latest.org_id`,
};

/** Adds what keys did to their days, and stores when each key was last used. */
export async function addUsage(sql: Sql, uses: readonly KeyUse[]): Promise<void> {
  if (uses.length > 0) await sql.query(addition, [JSON.stringify(uses)]);
}

/** What one key did on one day. */
export interface DayOfKey extends UseCounts {
  readonly keyId: string;
  readonly day: string;
}

/** What an organisation's keys did on each day from `start` until before `end`. */
export async function listUsage(sql: Sql, orgId: string, start: string, end: string): Promise<DayOfKey[]> {
  return sql.query<DayOfKey>(
    `select
       key_id as "keyId", to_char(day, 'YYYY-MM-DD') as day,
       messages::float8 as messages, ingests::float8 as ingests, searches::float8 as searches
     from memlane.daily_usage
     where org_id = $1 and day >= $2 and day < $3
     order by day, key_id`,
    [orgId, start, end],
  );
}

/** A key, as the usage of its organisation shows it. */
export interface UsedKey {
  readonly id: string;
  /** Its SHA-256, in hexadecimal digits. */
  readonly hash: string;
  readonly firstCharacters: string;
  readonly name: string;
  readonly lastUsedAt: Date | null;
}

/** An organisation's keys, oldest first, including revoked ones. */
export async function listUsedKeys(sql: Sql, orgId: string): Promise<UsedKey[]> {
  return sql.query<UsedKey>(
    `select
       id, encode(hash, 'hex') as hash, first_characters as "firstCharacters", name, last_used_at as "lastUsedAt"
     from memlane.api_key
     where org_id = $1
     order by id`,
    [orgId],
  );
}

/** How much an organisation stores. */
export interface StorageCounts {
  /** Active memories other than artifacts. */
  readonly memories: number;
  readonly episodes: number;
  readonly artifacts: number;
}

/** Counts what an organisation stores. */
export async function countStorage(sql: Sql, orgId: string): Promise<StorageCounts> {
  const [counts] = await sql.query<StorageCounts>(
    `select
       count(*) filter (where type <> 'artifact')::float8 as memories,
       count(*) filter (where type = 'artifact')::float8 as artifacts,
       (select count(*)::float8 from memlane.episode where org_id = $1) as episodes
     from memlane.memory
     where org_id = $1 and ${isActive}`,
    [orgId],
  );
  return counts!;
}
