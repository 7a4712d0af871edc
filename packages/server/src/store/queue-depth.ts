import type { Job } from "@memlane/core";
import type { Sql } from "../database/database.ts";

/** How many jobs of a kind are waiting or running, and for how long the oldest has been due. */
export interface QueueDepth {
  readonly kind: Job["kind"];
  readonly state: "queued" | "active";
  readonly jobs: number;
  readonly overdueSeconds: number;
}

/** Reads the number of unfinished jobs by kind and state. */
export async function readQueueDepth(sql: Sql): Promise<QueueDepth[]> {
  return sql.query<QueueDepth>(
    `select kind, state, count(*)::integer as jobs,
       greatest(extract(epoch from now() - min(greatest(due_at, created_at))), 0)::float8 as "overdueSeconds"
     from memlane.job where state in ('queued', 'active') group by kind, state`,
  );
}
