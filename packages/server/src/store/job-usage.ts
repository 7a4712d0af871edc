// How many unfinished jobs an organisation has.
import type { Prepared, Sql } from "../database/database.ts";
import { readWriteUsage, type WriteQuestion, type WriteUsage } from "./write-usage.ts";

/** What an organisation has stored, and how many unfinished jobs it has. */
export interface JobUsage extends WriteUsage {
  readonly unfinishedJobs: number;
  readonly unfinishedBatches: number;
}

// Counting stops at the limit, because a larger number makes no difference.
const reading: Prepared = {
  name: "read job usage",
  text: `select
      org.id as "orgId",
      (
        select count(*)
        from (
          select from memlane.job
          where org_id = org.id and state in ('queued', 'active')
          limit coalesce(org.most_jobs, 0)
        ) as unfinished
      )::float8 as "unfinishedJobs",
      (
        select count(*)
        from (
          select from memlane.job
          where org_id = org.id and kind = 'batch' and state in ('queued', 'active')
          limit coalesce(org.most_batches, 0)
        ) as unfinished
      )::float8 as "unfinishedBatches"
    from unnest((select $1::text[]), (select $2::integer[]), (select $3::integer[])) as org (id, most_jobs, most_batches)`,
};

/**
 * Reads the usage of organisations. A number is 0 if no limit needs it. The numbers are exact while
 * the organisations are locked.
 */
export async function readJobUsage(
  sql: Sql,
  questions: readonly WriteQuestion[],
): Promise<Map<string, JobUsage>> {
  const writes = await readWriteUsage(sql, questions);
  const rows = await sql.query<Omit<JobUsage, keyof WriteUsage> & { orgId: string }>(reading, [
    questions.map(({ orgId }) => orgId),
    questions.map(({ limits }) => limits.unfinishedJobs),
    questions.map(({ limits }) => limits.unfinishedBatches),
  ]);
  return new Map(rows.map(({ orgId, ...counts }) => [orgId, { ...writes.get(orgId)!, ...counts }]));
}
