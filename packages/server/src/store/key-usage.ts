import type { Sql } from "../database/database.ts";
import type { ApiKey } from "./api-keys.ts";

/** A key, and what it has done since a day. */
export interface KeyWithUsage extends Omit<ApiKey, "orgId"> {
  readonly requests: number;
  readonly errors: number;
  /** How many requests took how long, by range. */
  readonly latencies: readonly number[];
  /** How many requests it has sent in this minute, if requests are limited. */
  readonly requestsThisMinute: number;
}

/** The newest 1,000 keys of an organisation, newest first, with revoked ones. */
export async function listKeysWithUsage(sql: Sql, orgId: string, firstDay: string): Promise<KeyWithUsage[]> {
  return sql.query<KeyWithUsage>(
    `with used as (
       select key_id, sum(requests)::float8 as requests, sum(errors)::float8 as errors
       from memlane.daily_usage
       where org_id = $1 and day >= $2
       group by key_id
     ), in_range as (
       select key_id, place, sum(count)::float8 as count
       from memlane.daily_usage cross join unnest(latencies) with ordinality as range (count, place)
       where org_id = $1 and day >= $2
       group by key_id, place
     )
     select
       id, name, hint, scopes, user_id as "userId", created_at as "createdAt", last_used_at as "lastUsedAt",
       revoked_at as "revokedAt", coalesce(requests, 0) as requests, coalesce(errors, 0) as errors,
       array(select count from in_range where key_id = api_key.id order by place) as latencies,
       coalesce((
         select points from memlane.rate_limit
         where key = api_key.id::text and expire > extract(epoch from now()) * 1000
       ), 0) as "requestsThisMinute"
     from memlane.api_key left join used on key_id = api_key.id
     where org_id = $1
     order by id desc
     limit 1000`,
    [orgId, firstDay],
  );
}
