// The limits of organisations.
import * as z from "zod/mini";
import type { Sql } from "../database/database.ts";

/** The names of the limits. */
export const limitNames = [
  "requestsPerMinute",
  "writesPerMonth",
  "agents",
  "unfinishedBatches",
  "unfinishedJobs",
  "groups",
] as const;
export type LimitName = (typeof limitNames)[number];

/** The limits of an organisation; null means no limit. */
export type Limits = Readonly<Record<LimitName, number | null>>;

/** The limits of an organisation if nothing is set. */
export const noLimits: Limits = {
  requestsPerMinute: null,
  writesPerMonth: null,
  agents: null,
  unfinishedBatches: null,
  unfinishedJobs: null,
  groups: null,
};

/** Whether these limits can refuse a memory. */
export const limitsWrites = ({ writesPerMonth, agents }: Limits) =>
  writesPerMonth !== null || agents !== null;

/** Whether these limits can refuse a job. */
export const limitsJobs = (limits: Limits) =>
  limitsWrites(limits) || limits.unfinishedBatches !== null || limits.unfinishedJobs !== null;

/** The limits that are set for an organisation. The server's settings fill in the rest. */
export type OwnLimits = Readonly<Partial<Limits>>;

/** The largest limit: the largest number of an `integer` column. */
export const largestLimit = 2_147_483_647;

const limit = z.exactOptional(z.nullable(z.int().check(z.gte(1), z.lte(largestLimit))));
const ownLimits = z.object({
  requestsPerMinute: limit,
  writesPerMonth: limit,
  agents: limit,
  unfinishedBatches: limit,
  unfinishedJobs: limit,
  groups: limit,
} satisfies Record<LimitName, typeof limit>);

/** Reads the limits that are set for an organisation. Undefined if the organisation does not exist. */
export async function readOwnLimits(sql: Sql, orgId: string): Promise<OwnLimits | undefined> {
  const [row] = await sql.query<{ limits: unknown }>("select limits from memlane.org where id = $1", [orgId]);
  return row && ownLimits.parse(row.limits);
}

/** The notification channel for changed limits. */
export const limitsChangedChannel = "memlane_limits_changed";

/**
 * Sets some limits of an organisation. `undefined` removes a limit, so that the server's setting
 * applies again. Returns all limits that are set; undefined if the organisation does not exist.
 */
export async function saveOwnLimits(
  sql: Sql,
  orgId: string,
  changes: Partial<Record<LimitName, number | null | undefined>>,
): Promise<OwnLimits | undefined> {
  const [row] = await sql.query<{ limits: unknown }>(
    // If there was no quota before, an old counter is outdated: delete it, so that the memories are
    // counted.
    `with before as (
       select limits from memlane.org where id = $1 for no key update
     ), changed as (
       update memlane.org set limits = limits - $2::text[] || $3::jsonb where id = $1 returning limits
     ), uncounted as (
       delete from memlane.monthly_writes where org_id = $1
         and (select limits ->> 'writesPerMonth' from before) is null
         and (select limits ->> 'writesPerMonth' from changed) is not null
     )
     select limits, pg_notify($4, '') from changed`,
    [orgId, Object.keys(changes), JSON.stringify(changes), limitsChangedChannel],
  );
  return row && ownLimits.parse(row.limits);
}
