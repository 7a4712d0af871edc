import type { Job } from "@memlane/core";
import type { RecentWaits } from "@memlane/core/internal";
import type { Sql } from "../database/database.ts";

/** How long recent jobs of each kind took, from creation to end. */
export type RecentDurations = Partial<Record<Job["kind"], RecentWaits>>;

/**
 * Reads how long the last fifty jobs of each kind took, including queueing time. It looks only at
 * jobs that ended in the last minute, and at no more than the last 1000 ended jobs. Uses the
 * `expires_at` index, because jobs expire in the order in which they ended. After the retention
 * setting changes, the estimate is wrong for a while.
 */
export async function readRecentDurations(sql: Sql): Promise<RecentDurations> {
  const rows = await sql.query<{ kind: Job["kind"]; tookMs: number[] }>(
    `select kind, array_agg(took_ms order by took_ms) as "tookMs"
     from (
       select kind, updated_at, greatest(extract(epoch from updated_at - created_at) * 1000, 0)::float8 as took_ms,
         row_number() over (partition by kind order by updated_at desc) as place
       from (
         select kind, created_at, updated_at from memlane.job
         where expires_at is not null order by expires_at desc limit 1000
       ) as latest
     ) as placed
     where place <= 50 and updated_at > now() - interval '1 minute' group by kind`,
  );
  return Object.fromEntries(rows.map(({ kind, tookMs }) => [kind, tookMs]));
}
