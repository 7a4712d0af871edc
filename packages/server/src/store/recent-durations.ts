import type { Job } from "@memlane/core";
import type { Sql } from "../database/database.ts";

/** How long jobs of each kind took of late, from being handed over to their end, in milliseconds. */
export type RecentDurations = Partial<Record<Job["kind"], number>>;

/**
 * Reads the mean of the jobs that ended within the last minute, 1000 at most: it holds what the line costs, too. Who
 * ended last expires last, so the index of expiries finds them; that jobs may be kept for different times spoils the
 * estimate for a while after the setting was changed, and nothing else.
 */
export async function readRecentDurations(sql: Sql): Promise<RecentDurations> {
  const rows = await sql.query<{ kind: Job["kind"]; meanMs: number }>(
    `select kind, (extract(epoch from avg(updated_at - created_at)) * 1000)::float8 as "meanMs"
     from (
       select kind, created_at, updated_at from memlane.job
       where expires_at is not null order by expires_at desc limit 1000
     ) as latest
     where updated_at > now() - interval '1 minute' group by kind`,
  );
  return Object.fromEntries(rows.map(({ kind, meanMs }) => [kind, meanMs]));
}
