import type { Job, JobId } from "@memlane/core";
import type { Sql } from "../database/database.ts";
import { conditionsOfJobs, type JobFilter } from "./job-filter.ts";
import { columns, jobBytes, jobOfRow, kept, type JobRow, type StoredJob } from "./job-row.ts";
import { keysetOf, readPage, type Page } from "./page-by-bytes.ts";

/**
 * A page of jobs is smaller than a page of memories: printing a job costs several times as much,
 * and other requests wait meanwhile.
 */
const bytesPerPage = 128 * 1024;

/** A page of an organisation's jobs, newest first. With `after`, only older ones. */
export async function listJobs(
  sql: Sql,
  orgId: string,
  filter: JobFilter,
  { limit, after }: { readonly limit: number; readonly after: JobId | undefined },
): Promise<Page<StoredJob>> {
  const { where, parameters } = conditionsOfJobs(orgId, filter);
  const { beyond, direction } = keysetOf({ limit, order: "newest", after }, parameters);
  const { rows, hasMore } = await readPage<JobRow>(sql, {
    mostBytes: bytesPerPage,
    select: `select ${columns}, ${jobBytes} as bytes from memlane.job where ${where} ${beyond} and ${kept}`,
    parameters,
    direction,
    limit,
  });
  return { rows: rows.map((row) => jobOfRow<Job["kind"]>(row)), hasMore };
}
