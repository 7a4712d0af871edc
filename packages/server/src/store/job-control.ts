// What a caller may do with jobs beside handing them over and reading one.
import type { Job, JobFailure, JobId, JobState } from "@memlane/core";
import type { Sql } from "../database/database.ts";
import { noticeOfFailure } from "../webhooks/learning-notice.ts";
import { guard } from "./job-guard.ts";
import { columns, ended, jobOfRow, kept, type JobRow } from "./job-row.ts";
import { deliveryParameters, withDelivery } from "./webhook-deliveries.ts";

/** Which jobs to list. */
export interface JobFilter {
  readonly kind?: Job["kind"] | undefined;
  readonly state?: JobState | undefined;
}

/** Up to `limit` jobs of one organisation, newest first; only those older than `after`, where it is given. */
export async function listJobs(
  sql: Sql,
  orgId: string,
  { kind, state }: JobFilter,
  { limit, after }: { readonly limit: number; readonly after: JobId | undefined },
): Promise<Job[]> {
  const rows = await sql.query<JobRow>(
    `select ${columns} from memlane.job
     where org_id = $1 and ($2::text is null or kind = $2) and ($3::text is null or state = $3)
       and ($4::uuid is null or id < $4) and ${kept}
     order by id desc limit $5`,
    [orgId, kind, state, after, limit],
  );
  return rows.map((row) => jobOfRow<Job["kind"]>(row));
}

const cancelled: JobFailure = { type: "cancelled", code: "cancelled", message: "the job was cancelled" };

/**
 * Ends a job that has not ended; undefined when it has, or is not there. A worker that holds it loses its lease: the
 * row's lock makes this wait for a step that is being committed, and whatever the worker would commit next finds the
 * lease gone and is undone.
 */
export async function cancelJob(sql: Sql, orgId: string, id: JobId): Promise<Job | undefined> {
  // A job's kind and request never change, so they can be read before.
  const [job] = await sql.query<Pick<Job, "kind"> & { request: unknown }>(
    "select kind, request from memlane.job where id = $1 and org_id = $2",
    [id, orgId],
  );
  const notice =
    job?.kind === "ingest" ? noticeOfFailure({ id, request: job.request }, cancelled, new Date()) : undefined;
  const [row] = await sql.query<JobRow>(
    withDelivery(
      `update memlane.job set state = 'failed', failure = $3, ${ended}
       where id = $1 and org_id = $2 and ${guard("fail")} returning org_id, ${columns}`,
      4,
    ),
    [id, orgId, JSON.stringify(cancelled), ...deliveryParameters(notice)],
  );
  return row && jobOfRow<Job["kind"]>(row);
}

/** What one organisation's job was handed over with. */
export async function readJobRequest(sql: Sql, orgId: string, id: JobId): Promise<unknown> {
  const [row] = await sql.query<{ request: unknown }>(
    `select request from memlane.job where id = $1 and org_id = $2 and ${kept}`,
    [id, orgId],
  );
  return row?.request;
}
