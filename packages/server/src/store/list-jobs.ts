// Lists and cancels jobs.
import type { Job, JobFailure, JobId } from "@memlane/core";
import type { Sql } from "../database/database.ts";
import { conditionsOfJobs, type JobFilter } from "./job-filter.ts";
import { guard } from "./job-state-guard.ts";
import { columns, jobBytes, jobOfRow, kept, type JobRow, type StoredJob } from "./job-row.ts";
import { failingJob } from "./request-after-end.ts";
import { keysetOf, readPage, type Page } from "./page-by-bytes.ts";
import { deliveryParameters, type Notice } from "./webhook-deliveries.ts";

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

const cancelling = failingJob("id = $1 and org_id = $2", "cancelled");

/** The user and the conversation of an ingest job. */
export interface JobConversation {
  readonly user_id: string;
  readonly conv_id: string;
}

/** Reads the conversation of an ingest job that has not ended. */
export async function readConversation(
  sql: Sql,
  orgId: string,
  id: JobId,
): Promise<JobConversation | undefined> {
  const [conversation] = await sql.query<JobConversation>(
    `select holder.request ->> 'user_id' as user_id, holder.request ->> 'conv_id' as conv_id
     from memlane.job join memlane.job as holder on holder.id = coalesce(job.request_of, job.id)
     where job.id = $1 and job.org_id = $2 and job.kind = 'ingest' and job.${guard("fail")}`,
    [id, orgId],
  );
  return conversation;
}

/**
 * Ends a job as failed without having its lease. Undefined if it has ended or does not exist. Waits
 * for a transaction that the job's worker is committing. Afterwards the worker has lost its lease,
 * and its next transaction is rolled back.
 */
export async function storeCancellation(
  sql: Sql,
  { orgId, id }: { readonly orgId: string; readonly id: JobId },
  failure: JobFailure,
  notice: Notice | undefined,
): Promise<StoredJob | undefined> {
  const [row] = await sql.query<JobRow>(cancelling, [
    id,
    orgId,
    JSON.stringify(failure),
    ...deliveryParameters(notice),
    null,
  ]);
  return row && jobOfRow<Job["kind"]>(row);
}
