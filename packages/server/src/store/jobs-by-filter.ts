// Counts and finds the jobs that a filter selects, and cancels jobs by their ids.
import type { Job, JobFailure, JobId } from "@memlane/core";
import type { Sql } from "../database/database.ts";
import { newId } from "../base/new-id.ts";
import { conditionsOfJobs, type JobFilter } from "./job-filter.ts";
import { guard } from "./job-state-guard.ts";
import { failJobs, keepItemsLeftInOriginal } from "./request-after-end.ts";
import { enqueueDeliveries, type Notice } from "./webhook-deliveries.ts";

/** What can be done with the jobs that a filter selects. */
export type JobAction = "cancel" | "retry";

/** SQL: whether a job can be cancelled, or has something left that can be retried. */
const conditionOfAction: Readonly<Record<JobAction, string>> = {
  cancel: guard("fail"),
  retry: `state in ('failed', 'succeeded') and expires_at > now() and case
      when request_of is null
      then request is not null and not exists (select from memlane.job as retry where retry.request_of = job.id)
      else exists (select from memlane.job as original where original.id = job.request_of and original.request is not null)
    end`,
};

/** Counts the jobs that the filter selects and to which the action can be applied. */
export async function countJobs(
  sql: Sql,
  orgId: string,
  { action, filter }: { readonly action: JobAction; readonly filter: JobFilter },
): Promise<number> {
  const { where, parameters } = conditionsOfJobs(orgId, filter);
  const [row] = await sql.query<{ count: number }>(
    `select count(*)::float8 as count from memlane.job where ${where} and ${conditionOfAction[action]}`,
    parameters,
  );
  return row!.count;
}

/** The ids of the oldest jobs that the filter selects and to which the action can be applied. */
export async function listJobIds(
  sql: Sql,
  orgId: string,
  {
    action,
    filter,
    limit,
  }: { readonly action: JobAction; readonly filter: JobFilter; readonly limit: number },
): Promise<JobId[]> {
  const { where, parameters } = conditionsOfJobs(orgId, filter);
  const rows = await sql.query<{ id: JobId }>(
    `select id from memlane.job where ${where} and ${conditionOfAction[action]} order by id limit $${parameters.length + 1}`,
    [...parameters, limit],
  );
  return rows.map(({ id }) => id);
}

/** An unfinished job. */
export interface JobToCancel {
  readonly id: JobId;
  readonly kind: Job["kind"];
  /** Null for a batch, and if no webhook gets the failures of conversations. */
  readonly conversation: { readonly user_id: string; readonly conv_id: string } | null;
}

/** Reads unfinished jobs to cancel. Their conversations never change, so they can be read before the jobs are locked. */
export async function readJobsToCancel(
  sql: Sql,
  orgId: string,
  ids: readonly JobId[],
): Promise<JobToCancel[]> {
  return sql.query<JobToCancel>(
    `select job.id, job.kind, case
         when job.kind = 'ingest' and exists (
           select from memlane.webhook
           where webhook.org_id = $1 and enabled and 'memory.learning.failed' = any (events)
         ) then (
           select json_build_object('user_id', original.request ->> 'user_id', 'conv_id', original.request ->> 'conv_id')
           from memlane.job as original where original.id = coalesce(job.request_of, job.id)
         )
       end as conversation
     from memlane.job
     where job.org_id = $1 and job.id = any($2::uuid[]) and job.${guard("fail")}`,
    [orgId, ids],
  );
}

/** SQL: the notices to webhooks of the jobs that ended. */
const endedWithNotices = `ended
    join unnest($4::uuid[], $5::uuid[], $6::text[], $7::text[]) as notice (id, job_id, event, body) on job_id = ended.id`;

/**
 * Ends jobs as failed, also jobs that a worker has leased. Returns the ids of those that had not ended. Waits for transactions that
 * workers are committing. Afterwards the workers have lost their leases, and their next transactions are rolled back.
 */
export async function storeCancellations(
  sql: Sql,
  orgId: string,
  {
    jobs,
    failure,
  }: {
    readonly jobs: readonly { readonly id: JobId; readonly notice: Notice | undefined }[];
    readonly failure: JobFailure;
  },
): Promise<JobId[]> {
  const notices = jobs.flatMap(({ id, notice }) => (notice === undefined ? [] : { id, ...notice }));
  const rows = await sql.query<{ id: JobId }>(
    `with locked as materialized (
       select id from memlane.job where org_id = $2 and id = any($1::uuid[]) and ${guard("fail")} order by id for update
     ), ended as (
       ${failJobs("org_id = $2 and id in (select id from locked)", "cancelled")}
     ), enqueued as (
       ${enqueueDeliveries({ id: "notice.id", event: "notice.event", body: "notice.body" }, endedWithNotices)}
     ), original as (
       ${keepItemsLeftInOriginal}
     )
     select id from ended`,
    [
      jobs.map(({ id }) => id),
      orgId,
      JSON.stringify(failure),
      notices.map(() => newId()),
      notices.map(({ id }) => id),
      notices.map(({ event }) => event),
      notices.map(({ body }) => body),
    ],
  );
  return rows.map(({ id }) => id);
}
