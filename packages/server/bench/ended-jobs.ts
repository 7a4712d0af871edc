// Fills the table with ended jobs.
import type { JobId } from "@memlane/core";
import type { Database } from "../src/database/database.ts";
import { insertOrg } from "../src/store/orgs.ts";

const rowsPerStatement = 50_000;

/** Adds succeeded ingest jobs of the last day that expire after the given time. */
export async function insertEndedJobs(database: Database, jobs: number, keepFor: string): Promise<void> {
  await insertOrg(database, "bench");
  for (let from = 0; from < jobs; from += rowsPerStatement) {
    await database.query(
      `insert into memlane.job (id, org_id, kind, state, request, result, created_at, updated_at, expires_at)
       select uuidv7(age), 'bench', 'ingest', 'succeeded', '{"messages":[{"role":"user","content":"I live in Oslo."}]}',
         '{"created":[],"updated":[],"supersededBy":{},"stageTimings":{},"ignoredGroupIds":[]}', now() + age, now() + age,
         now() + $3::interval
       from (select ($1::float8 - n) / $2 * interval '1 day' - interval '1 day' as age
         from generate_series(1, least($4, $1::float8)::int) as n) as made`,
      [jobs - from, jobs, keepFor, rowsPerStatement],
    );
  }
  await database.query("vacuum (analyze) memlane.job");
}

/** The ids of about this many jobs, from the whole table, in random order. */
export async function readIds(database: Database, about: number): Promise<JobId[]> {
  const rows = await database.query<{ readonly id: JobId }>(
    `select id from memlane.job tablesample bernoulli (
       least(100, 100.0 * $1 / greatest(1, (select count(*) from memlane.job)))
     ) order by random()`,
    [about],
  );
  return rows.map(({ id }) => id);
}
