// What a caller may do with jobs beside handing them over and reading one.
import type { Job, JobFailure, JobId, JobState } from "@memlane/core";
import type { Sql } from "../database/database.ts";
import { noticeOfFailure } from "../webhooks/learning-notice.ts";
import { guard } from "./job-guard.ts";
import { columns, jobBytes, jobOfRow, kept, type JobRow, type StoredJob } from "./job-row.ts";
import { failingJob } from "./kept-request.ts";
import { readPage, type Page } from "./page-by-bytes.ts";
import { deliveryParameters } from "./webhook-deliveries.ts";

/** To print a job costs several times what a memory of the same size costs, and other requests wait meanwhile. */
const bytesPerPage = 128 * 1024;

/** Which jobs to list. */
export interface JobFilter {
  readonly kind?: Job["kind"] | undefined;
  readonly state?: JobState | undefined;
}

/** A page of an organisation's jobs, newest first. With `after`, only older ones. */
export async function listJobs(
  sql: Sql,
  orgId: string,
  { kind, state }: JobFilter,
  { limit, after }: { readonly limit: number; readonly after: JobId | undefined },
): Promise<Page<StoredJob>> {
  const { rows, hasMore } = await readPage<JobRow>(sql, {
    mostBytes: bytesPerPage,
    select: `select ${columns}, ${jobBytes} as bytes from memlane.job
      where org_id = $1 and ($2::text is null or kind = $2) and ($3::text is null or state = $3)
        and ($4::uuid is null or id < $4) and ${kept}`,
    parameters: [orgId, kind, state, after],
    direction: "desc",
    limit,
  });
  return { rows: rows.map((row) => jobOfRow<Job["kind"]>(row)), hasMore };
}

const cancelling = failingJob("id = $1 and org_id = $2");
const cancelled: JobFailure = { type: "cancelled", code: "cancelled", message: "the job was cancelled" };

/**
 * Ends a job that has not ended; undefined when it has, or is not there. A worker that holds it loses its lease: the
 * row's lock makes this wait for a step that is being committed, and whatever the worker would commit next finds the
 * lease gone and is undone.
 */
export async function cancelJob(sql: Sql, orgId: string, id: JobId): Promise<StoredJob | undefined> {
  // The user of a conversation never changes, so it can be read before the lock.
  const [about] = await sql.query<{ user_id: string; conv_id: string }>(
    `select holder.request ->> 'user_id' as user_id, holder.request ->> 'conv_id' as conv_id
     from memlane.job join memlane.job as holder on holder.id = coalesce(job.request_of, job.id)
     where job.id = $1 and job.org_id = $2 and job.kind = 'ingest' and job.${guard("fail")}`,
    [id, orgId],
  );
  const notice = about && noticeOfFailure({ id, request: about }, cancelled, new Date());
  const [row] = await sql.query<JobRow>(cancelling, [
    id,
    orgId,
    JSON.stringify(cancelled),
    ...deliveryParameters(notice),
  ]);
  return row && jobOfRow<Job["kind"]>(row);
}
