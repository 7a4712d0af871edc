// What an organisation has under way.
import type { Prepared, Sql } from "../database/database.ts";
import { readWriteStandings, type WriteQuestion, type WriteStanding } from "./write-standing.ts";

/** What an organisation has stored, and its unfinished jobs. */
export interface JobStanding extends WriteStanding {
  readonly unfinishedJobs: number;
  readonly unfinishedBatches: number;
}

// Jobs are counted up to the limit, because no more matters.
const reading: Prepared = {
  name: "read job standings",
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

/** Reads where organisations stand; what no limit asks for is 0. Exact while the organisations are locked. */
export async function readJobStandings(
  sql: Sql,
  questions: readonly WriteQuestion[],
): Promise<Map<string, JobStanding>> {
  const writes = await readWriteStandings(sql, questions);
  const rows = await sql.query<Omit<JobStanding, keyof WriteStanding> & { orgId: string }>(reading, [
    questions.map(({ orgId }) => orgId),
    questions.map(({ limits }) => limits.unfinishedJobs),
    questions.map(({ limits }) => limits.unfinishedBatches),
  ]);
  return new Map(rows.map(({ orgId, ...counts }) => [orgId, { ...writes.get(orgId)!, ...counts }]));
}
