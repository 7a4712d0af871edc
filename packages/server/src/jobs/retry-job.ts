import { isTerminal, MemlaneError, type Job, type JobId, type JobState } from "@memlane/core";
import type { Database, Sql } from "../database/database.ts";
import type { JudgeContext } from "../limits/judge-jobs.ts";
import type { TraceHeaders } from "../tracing/trace-headers.ts";
import { holdOrg } from "../store/hold-orgs.ts";
import type { KeyedRequest } from "../store/idempotency-keys.ts";
import { insertOffers } from "./insert-jobs-within-limits.ts";
import type { Limits } from "../store/limits.ts";
import type { StoredJob } from "../store/job-row.ts";

/** The job to retry, and the new job. */
export interface JobRetry {
  readonly orgId: string;
  readonly oldId: JobId;
  readonly id: JobId;
  readonly keyed: KeyedRequest | undefined;
  readonly limits: Limits;
  readonly trace: TraceHeaders | undefined;
}

/**
 * Enqueues a new job that does what is left of an ended job. It refers to the stored request and takes it over from the old job.
 * Undefined if the key is taken.
 *
 * @throws MemlaneError `job_not_found`; `conflict` if the job has not ended or nothing is left; the errors of the limits
 */
export async function retryJob(
  database: Database,
  { orgId, oldId, id, keyed, limits, trace }: JobRetry,
  keepHours: number,
  context: JudgeContext,
): Promise<StoredJob | undefined> {
  return database
    .transaction(async (sql) => {
      const old = await lockEndedJob(sql, orgId, oldId);
      const { kind, dialect, received, agentId, requestOf } = old;
      if (requestOf !== oldId) await releaseRequest(sql, oldId);
      await holdOrg(sql, orgId);
      const job = { id, orgId, kind, dialect, received, agentId, request: undefined, requestOf, trace };
      const offer = { id, orgId, limits, keyed, job, json: undefined };
      const [made] = await insertOffers(sql, [offer], keepHours, context);
      if (MemlaneError.is(made)) throw made; // undoes the whole transaction: the old job keeps its request
      if (made === undefined) throw new KeyTakenError();
      return made;
    })
    .catch((error: unknown) => {
      if (error instanceof KeyTakenError) return undefined;
      throw error;
    });
}

interface EndedJob {
  readonly kind: Job["kind"];
  readonly dialect: string | null;
  readonly state: JobState;
  readonly received: number;
  readonly agentId: string | null;
  /** The job whose row holds the request. */
  readonly requestOf: JobId;
  readonly hasRequest: boolean;
  readonly isRetried: boolean;
}

/** Locks an ended job that can be retried. */
async function lockEndedJob(sql: Sql, orgId: string, id: JobId): Promise<EndedJob> {
  // Locks first, so that no other retry changes what the second statement reads. Does not wait for a job that has not ended.
  await sql.query(
    "select from memlane.job where id = $1 and org_id = $2 and expires_at is not null for update",
    [id, orgId],
  );
  const [job] = await sql.query<EndedJob>(
    `select job.kind, job.dialect, job.state, holder.id as "requestOf", holder.request is not null as "hasRequest",
       case job.kind when 'batch' then json_array_length(holder.request) else 0 end as received,
       case job.kind when 'ingest' then holder.request ->> 'agent_id' end as "agentId",
       job.request_of is null and exists (select from memlane.job as retry where retry.request_of = job.id) as "isRetried"
     from memlane.job join memlane.job as holder on holder.id = coalesce(job.request_of, job.id)
     where job.id = $1 and job.org_id = $2 and (job.expires_at is null or job.expires_at > now())`,
    [id, orgId],
  );
  const conflict = (message: string) => new MemlaneError({ code: "conflict", message });
  if (job === undefined) throw new MemlaneError({ code: "job_not_found", message: "there is no such job" });
  if (!isTerminal(job.state)) throw conflict("the job has not ended: wait, or cancel it");
  if (job.isRetried) throw conflict("the job was retried already: retry the new job");
  if (job.hasRequest) return job;
  throw conflict(
    job.kind === "batch"
      ? "every item of the batch landed, or the batch was retried already"
      : "every message was read, or the job was retried already: the request of a conversation that was read is not kept",
  );
}

/** Ends this job's reference to a request, so that another job can refer to it. */
async function releaseRequest(sql: Sql, id: JobId): Promise<void> {
  await sql.query("update memlane.job set request_of = null where id = $1", [id]);
}

/** Thrown to undo the transaction of a retry that was made before. */
class KeyTakenError extends Error {}
