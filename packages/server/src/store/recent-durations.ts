import type { Job } from "@memlane/core";
import type { Sql } from "../database/database.ts";

/** How long jobs of each kind took of late, from being handed over to their end, in milliseconds. */
export type RecentDurations = Partial<Record<Job["kind"], number>>;

/** Reads the mean of the jobs that ended within the last minute, 1000 at most: it holds what the line costs, too. */
export async function readRecentDurations(sql: Sql): Promise<RecentDurations> {
  const rows = await sql.query<{ kind: Job["kind"]; meanMs: number }>(
    `select kind, (extract(epoch from avg(took)) * 1000)::float8 as "meanMs"
     from (
       select kind, updated_at - created_at as took from memlane.job
       where state in ('succeeded', 'failed') and updated_at > now() - interval '1 minute'
       order by updated_at desc limit 1000
     ) as recent
     group by kind`,
  );
  return Object.fromEntries(rows.map(({ kind, meanMs }) => [kind, meanMs]));
}
