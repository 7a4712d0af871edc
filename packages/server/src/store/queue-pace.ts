import type { Job } from "@memlane/core";
import type { Sql } from "../database/database.ts";

/** How long a new job of each kind is likely to take to its end, in milliseconds; absent where nothing ended lately. */
export type QueuePace = Partial<Record<Job["kind"], number>>;

/** Reads the pace of the last minute: the mean time to the end, or what the line at its rate takes, if that is more. */
export async function readQueuePace(sql: Sql): Promise<QueuePace> {
  const rows = await sql.query<{ kind: Job["kind"]; expectedMs: number }>(
    `with recent as (
       select kind, updated_at - created_at as took from memlane.job
       where state in ('succeeded', 'failed') and updated_at > now() - interval '1 minute'
       order by updated_at desc limit 1000
     ), line as (
       select count(*) as length from (select from memlane.job where state = 'queued' limit 10000) as queued
     )
     select kind, greatest(
       extract(epoch from avg(took)) * 1000,
       (select length from line) * 60000.0 / (select count(*) from recent)
     )::float8 as "expectedMs"
     from recent group by kind`,
  );
  return Object.fromEntries(rows.map(({ kind, expectedMs }) => [kind, expectedMs]));
}
