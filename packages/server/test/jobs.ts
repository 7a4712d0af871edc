// Job functions for tests and benchmarks: one job at a time, while the API's share SQL statements.
import type { Job, JobId } from "@memlane/core";
import type { Sql } from "../src/database/database.ts";
import { later } from "../src/database/coalesce.ts";
import type { JobOfKind, StoredJob } from "../src/store/job-row.ts";
import { insertJobs, type NewJob } from "../src/store/insert-jobs.ts";
import { readJobs } from "../src/store/jobs.ts";
import { jobDefaults } from "./default-options.ts";

/** Enqueues a job. */
export async function insertJob<Kind extends Job["kind"]>(
  sql: Sql,
  job: NewJob<Kind>,
): Promise<JobOfKind<Kind>> {
  const [inserted] = await insertJobs(
    sql,
    [{ job, json: JSON.stringify(job.request) }],
    jobDefaults.keepHours,
  );
  return inserted as JobOfKind<Kind>;
}

/** Reads an organisation's job of any kind. */
export async function readJob(sql: Sql, orgId: string, id: JobId): Promise<StoredJob | undefined> {
  const [job] = await readJobs(sql, [{ orgId, id }]);
  return job === later ? undefined : job; // never `later`, because any size is read
}
