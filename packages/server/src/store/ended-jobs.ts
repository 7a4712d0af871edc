// Reads and locks the ended job whose request a retry takes over, and copies it.
import type { Job, JobId, JobState } from "@memlane/core";
import type { Sql } from "../database/database.ts";
import type { TraceHeaders } from "../tracing/trace-headers.ts";
import { columns, jobOfRow, type JobRow, type StoredJob } from "./job-row.ts";

/** A job to retry. */
export interface JobToRetry {
  readonly kind: Job["kind"];
  readonly state: JobState;
  readonly received: number;
  readonly agentId: string | null;
  /** The job whose row contains the request. */
  readonly requestOf: JobId;
  readonly hasRequest: boolean;
  readonly isRetried: boolean;
}

/** Reads a job, and locks it if it has ended. Undefined if it does not exist. */
export async function lockEndedJob(sql: Sql, orgId: string, id: JobId): Promise<JobToRetry | undefined> {
  // Locks first, so that no other retry changes what the second statement reads. Does not wait for
  // an unfinished job.
  await sql.query(
    "select from memlane.job where id = $1 and org_id = $2 and expires_at is not null for update",
    [id, orgId],
  );
  const [job] = await sql.query<JobToRetry>(
    `select job.kind, job.state, original.id as "requestOf", original.request is not null as "hasRequest",
       case job.kind when 'batch' then json_array_length(original.request) else 0 end as received,
       job.agent_id as "agentId",
       job.request_of is null and exists (select from memlane.job as retry where retry.request_of = job.id) as "isRetried"
     from memlane.job join memlane.job as original on original.id = coalesce(job.request_of, job.id)
     where job.id = $1 and job.org_id = $2 and (job.expires_at is null or job.expires_at > now())`,
    [id, orgId],
  );
  return job;
}

/** A job that retries another one. */
export interface RetryToInsert {
  readonly orgId: string;
  readonly oldId: JobId;
  readonly id: JobId;
  /** The number of items that are left; 0 for a conversation. */
  readonly received: number;
  /** The job whose row contains the request. */
  readonly requestOf: JobId;
  readonly trace: TraceHeaders | undefined;
  readonly keepHours: number;
}

/** The columns that a retry takes over from the old job. All others start anew (see the test). */
export const copiedColumns = ["org_id", "kind", "dialect", "user_id", "agent_id"] as const;

/** Enqueues a copy of a job. It reads the old job's request, so it has the same user, agent and conversation. */
export async function insertRetry(
  sql: Sql,
  { orgId, oldId, id, received, requestOf, trace, keepHours }: RetryToInsert,
): Promise<StoredJob> {
  const copied = copiedColumns.join(", ");
  const [row] = await sql.query<JobRow>(
    `insert into memlane.job (id, received, request_of, trace, keep_for, ${copied})
     select $3, $4, $5, $6, $7::interval, ${copied}
     from memlane.job
     where org_id = $1 and id = $2
     returning ${columns}`,
    [orgId, oldId, id, received, requestOf, trace && JSON.stringify(trace), `${keepHours} hours`],
  );
  return jobOfRow<Job["kind"]>(row!);
}

/** Ends this job's reference to a request, so that another job can refer to it. */
export async function releaseRequest(sql: Sql, id: JobId): Promise<void> {
  await sql.query("update memlane.job set request_of = null where id = $1", [id]);
}
