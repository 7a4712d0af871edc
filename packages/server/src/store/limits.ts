// What an organisation may do.
import * as z from "zod/mini";
import type { Sql } from "../database/database.ts";

/** The limits that there are. */
export const limitNames = [
  "requestsPerMinute",
  "writesPerMonth",
  "agents",
  "unfinishedBatches",
  "unfinishedJobs",
] as const;
export type LimitName = (typeof limitNames)[number];

/** The limits of an organisation; null is no limit. */
export type Limits = Readonly<Record<LimitName, number | null>>;

/** What an organisation may do of which nothing was said. */
export const noLimits: Limits = {
  requestsPerMinute: null,
  writesPerMonth: null,
  agents: null,
  unfinishedBatches: null,
  unfinishedJobs: null,
};

/** Whether a memory may be refused. */
export const limitsWrites = ({ writesPerMonth, agents }: Limits) =>
  writesPerMonth !== null || agents !== null;

/** Whether a job may be refused. */
export const limitsJobs = (limits: Limits) =>
  limitsWrites(limits) || limits.unfinishedBatches !== null || limits.unfinishedJobs !== null;

/** What was said about an organisation itself; the server's settings say the rest. */
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
} satisfies Record<LimitName, typeof limit>);

/** Reads the limits that were set for an organisation; undefined when there is no such organisation. */
export async function readOwnLimits(sql: Sql, orgId: string): Promise<OwnLimits | undefined> {
  const [row] = await sql.query<{ limits: unknown }>("select limits from memlane.org where id = $1", [orgId]);
  return row && ownLimits.parse(row.limits);
}

/** The channel that tells every process that limits were changed. */
export const limitsChangedChannel = "memlane_limits_changed";

/**
 * Sets some limits of an organisation, and answers all that are set; `undefined` gives one back to the server's
 * settings. Undefined when there is no such organisation.
 */
export async function saveOwnLimits(
  sql: Sql,
  orgId: string,
  changes: Partial<Record<LimitName, number | null | undefined>>,
): Promise<OwnLimits | undefined> {
  const [row] = await sql.query<{ limits: unknown }>(
    // A quota where there was none starts with what is stored: nobody counted meanwhile.
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
