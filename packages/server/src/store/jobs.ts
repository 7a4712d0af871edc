// Reads and deletes jobs.
import type { JobId } from "@memlane/core";
import type { Prepared, Sql } from "../database/database.ts";
import { later } from "../database/coalesce.ts";
import { jobBytes, jobOfRow, kept, smallColumns, type JobRow, type StoredJob } from "./job-row.ts";

/** A job and its organisation. */
export interface JobReference {
  readonly orgId: string;
  readonly id: JobId;
}

// The row of another organisation is not fetched: the time that this takes would show that the job exists.
const reading: Prepared = {
  name: "read jobs",
  text: `select
      org_id, is_large as "isLarge", ${smallColumns},
      case when not is_large then item_errors end as item_errors,
      case when not is_large then result end as result
    from unnest((select $1::uuid[]), (select $2::text[])) as asked (id, org_id)
    join memlane.job using (id, org_id)
    cross join lateral (select ${jobBytes} > $3 as is_large) as measured
    where ${kept}`,
};

/**
 * Reads jobs of any kind by organisation and id, in the order of `references`. Undefined for a job that
 * does not exist, and `later` for a job of more than `largestBytes`.
 */
export async function readJobs(
  sql: Sql,
  references: readonly JobReference[],
  largestBytes = 2 ** 31 - 1,
): Promise<(StoredJob | undefined | typeof later)[]> {
  const distinct = [...new Map(references.map((job) => [`${job.id} ${job.orgId}`, job])).values()];
  const rows = await sql.query<JobRow & { readonly org_id: string; readonly isLarge: boolean }>(reading, [
    distinct.map(({ id }) => id),
    distinct.map(({ orgId }) => orgId),
    largestBytes,
  ]);
  const found = new Map<JobId, { readonly orgId: string; readonly job: StoredJob | typeof later }>();
  for (const row of rows) found.set(row.id, { orgId: row.org_id, job: row.isLarge ? later : jobOfRow(row) });
  return references.map(({ orgId, id }) => {
    const row = found.get(id);
    return row?.orgId === orgId ? row.job : undefined;
  });
}

/** Deletes up to `limit` expired jobs, except those whose request a retry uses. Returns how many. */
export async function deleteExpiredJobs(sql: Sql, limit: number): Promise<number> {
  const rows = await sql.query(
    `delete from memlane.job
     where id = any (array(
       select id
       from memlane.job
       where expires_at <= now() and not exists (select from memlane.job as retry where retry.request_of = job.id)
       order by expires_at
       limit $1
       for update of job skip locked
     ))
     returning id`,
    [limit],
  );
  return rows.length;
}
