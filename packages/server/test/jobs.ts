// Jobs of tests and benchmarks: one at a time, where the API shares statements.
import type { Job, JobId } from "@memlane/core";
import type { Sql } from "../src/database/database.ts";
import { later } from "../src/database/coalesce.ts";
import type { JobOfKind, StoredJob } from "../src/store/job-row.ts";
import { insertJobs, readJobs, type NewJob } from "../src/store/jobs.ts";
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

/** One organisation's job of either kind. */
export async function readJob(sql: Sql, orgId: string, id: JobId): Promise<StoredJob | undefined> {
  const [job] = await readJobs(sql, [{ orgId, id }]);
  return job === later ? undefined : job; // never `later`: any size is read
}
