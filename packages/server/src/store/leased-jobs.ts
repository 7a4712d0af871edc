// Statements of a worker on a job that it has leased. Each one that changes the state checks it
// with `guard`.
import type { IngestResult, ItemError, Job, JobFailure, JobId } from "@memlane/core";
import { byteLengthOf } from "../base/byte-length.ts";
import type { Prepared, Sql } from "../database/database.ts";
import type { TraceHeaders } from "../tracing/trace-headers.ts";
import { endAttempt, type AttemptStage } from "./attempt-log.ts";
import { guard } from "./job-state-guard.ts";
import { columns, ended, jobOfRow, type JobRow, type StoredJob } from "./job-row.ts";
import { failJobs, keepItemsLeft, keepItemsLeftInOriginal } from "./request-after-end.ts";
import { deliveryParameters, withDelivery, type Notice } from "./webhook-deliveries.ts";

/** A leased job. */
export interface ClaimedJob {
  readonly id: JobId;
  readonly orgId: string;
  readonly kind: Job["kind"];
  /** Null if it is large and not read yet. */
  readonly request: unknown;
  /** The job whose row contains the request; null for this job's own row. */
  readonly requestOf: JobId | null;
  /**
   * The number of this attempt. If the job is a suspect (see `isSuspect`), this attempt is not yet included: `beginAlone`
   * adds it.
   */
  readonly attempts: number;
  /** How many runs were cut short and not counted as attempts. */
  readonly interruptions: number;
  /** Whether a worker died while it ran the job. Such a job must run alone. */
  readonly isSuspect: boolean;
  /** Whether this is the first claim, as far as the row shows. */
  readonly isFirstClaim: boolean;
  readonly leaseId: string;
  /** The trace of the request that enqueued the job. */
  readonly trace: TraceHeaders | null;
  /** A claim goes through the organisations in order. This is the last one that it reached; the next claim starts after it. */
  readonly claimedThrough: string;
}

const endIngest = endAttempt("succeeded", { stages: "$9::jsonb" });

/** Only the worker with the lease may write: after losing the lease it finds no row. */
const leased = "id = $1 and lease_id = $2 and state = 'active'";

// Prepared, because planning takes 0.4 ms for each job, and a prepared plan 0.13 ms. The stored request keeps only the
// messages that were not read. Otherwise the text of a memory would stay in the request after the memory is deleted.
const ingestSuccess: Prepared = {
  name: "succeed ingest",
  text: withDelivery(
    `update memlane.job
     set state = 'succeeded', result = $3, result_bytes = $4, request = $5, ${endIngest}, ${ended}
     where ${leased} and ${guard("succeed")}
     returning org_id, ${columns}`,
    6,
  ),
};
const retriedIngestSuccess: Prepared = {
  name: "succeed retried ingest",
  text: withDelivery(
    `update memlane.job
     set state = 'succeeded', result = $3, result_bytes = $4, ${endIngest}, ${ended}
     where ${leased} and ${guard("succeed")}
     returning org_id, request_of, ${columns}`,
    6,
    `update memlane.job as original
     set request = $5
     from ended
     where original.id = ended.request_of`,
  ),
};

const batchSuccess: Prepared = {
  name: "succeed batch",
  text: withDelivery(
    `update memlane.job
     set state = 'succeeded', ${keepItemsLeft}, ${endAttempt("succeeded")}, ${ended}
     where ${leased} and ${guard("succeed")}
     returning org_id, request_of, ${columns}`,
    3,
    keepItemsLeftInOriginal,
  ),
};

const progressLock: Prepared = {
  name: "lock batch progress",
  text: `select imported + failed as done
    from memlane.job
    where ${leased}
    for update`,
};

// After progress, earlier attempts no longer count: only a batch without progress uses up its
// attempts.
const batchAdvance: Prepared = {
  name: "advance batch",
  text: `update memlane.job
    set
      imported = imported + $3,
      failed = failed + $4,
      item_errors = item_errors || $5,
      attempts = 1,
      interruptions = 0,
      last_error = null
    where ${leased}`,
};

const failing = withDelivery(failJobs(leased, "failed", "$7::jsonb"), 4, keepItemsLeftInOriginal);

/** Renews a lease. False if it is lost. */
export async function renewLease(sql: Sql, job: ClaimedJob, leaseMs: number): Promise<boolean> {
  const rows = await sql.query(
    `update memlane.job
     set due_at = now() + $3 * interval '1 millisecond'
     where ${leased}
     returning id`,
    [job.id, job.leaseId, leaseMs],
  );
  return rows.length > 0;
}

/** Reads the request of a job, of any size. Undefined if the lease is lost. */
export async function readRequest(sql: Sql, job: ClaimedJob): Promise<unknown> {
  const [row] = await sql.query<{ request: unknown }>(
    `select coalesce(request, (select request from memlane.job as original where original.id = job.request_of)) as request
     from memlane.job
     where ${leased}`,
    [job.id, job.leaseId],
  );
  return row?.request;
}

/** Counts the attempt of a suspect that is about to run alone. Undefined if the lease is lost. */
export async function beginAlone(
  sql: Sql,
  job: ClaimedJob,
  leaseMs: number,
): Promise<ClaimedJob | undefined> {
  const [begun] = await sql.query<Pick<ClaimedJob, "attempts">>(
    `update memlane.job
     set attempts = attempts + 1, attempt_started_at = now(), due_at = now() + $3 * interval '1 millisecond'
     where ${leased}
     returning attempts`,
    [job.id, job.leaseId, leaseMs],
  );
  return begun && { ...job, ...begun };
}

/** An attempt that failed, and when the next one begins. */
export interface FailedAttempt {
  readonly delayMs: number;
  readonly isCounted: boolean;
  readonly code: string;
  readonly reason: string;
  /** @default none */
  readonly stages?: readonly AttemptStage[];
}

/** Puts a failed job back in the queue with a delay. Its worker is alive, so the job is not a suspect. */
export async function giveBackJob(
  sql: Sql,
  job: ClaimedJob,
  { delayMs, isCounted, code, reason, stages = [] }: FailedAttempt,
): Promise<void> {
  await sql.query(
    `update memlane.job
     set
       due_at = now() + $3 * interval '1 millisecond',
       lease_id = null,
       suspect = false,
       attempts = attempts - $4,
       interruptions = interruptions + $4,
       last_error = $5,
       ${endAttempt("failed", {
         error: "jsonb_build_object('code', $6::text, 'message', $5::text)",
         nextTryAt: "now() + $3 * interval '1 millisecond'",
         stages: "$7::jsonb",
       })}
     where ${leased}`,
    [job.id, job.leaseId, delayMs, isCounted ? 0 : 1, reason, code, JSON.stringify(stages)],
  );
}

/** Puts a job back at its place in the queue, as if it had not been claimed. A batch keeps its progress. */
export async function putBackJob(sql: Sql, job: ClaimedJob): Promise<void> {
  await sql.query(
    `update memlane.job
     set due_at = '-infinity', lease_id = null, attempts = attempts - 1
     where ${leased}`,
    [job.id, job.leaseId],
  );
}

/** Returns a suspect to its place in the queue, if it has not started. */
export async function passOnJob(sql: Sql, job: ClaimedJob): Promise<void> {
  await sql.query(
    `update memlane.job
     set due_at = '-infinity', lease_id = null
     where ${leased}`,
    [job.id, job.leaseId],
  );
}

/** The data to store when an ingest job succeeds. */
export interface IngestSuccess {
  readonly result: IngestResult;
  /** The request for a retry; undefined if every message was read. */
  readonly unread: object | undefined;
  readonly stages: readonly AttemptStage[];
  readonly notice: Notice;
}

/**
 * Ends an ingest job as succeeded. Undefined if the lease is lost: the caller must roll back the
 * transaction.
 */
export async function storeIngestSuccess(
  sql: Sql,
  job: ClaimedJob,
  { result, unread, stages, notice }: IngestSuccess,
): Promise<StoredJob | undefined> {
  const json = JSON.stringify(result);
  return endedJob(
    sql.query(job.requestOf === null ? ingestSuccess : retriedIngestSuccess, [
      job.id,
      job.leaseId,
      json,
      byteLengthOf(json),
      unread && JSON.stringify(unread),
      ...deliveryParameters(notice),
      JSON.stringify(stages),
    ]),
  );
}

/** Locks a batch until the transaction ends. Returns how many items are done, or undefined if the lease is lost. */
export async function lockBatchProgress(sql: Sql, job: ClaimedJob): Promise<number | undefined> {
  const [row] = await sql.query<{ done: number }>(progressLock, [job.id, job.leaseId]);
  return row?.done;
}

/** Adds to the counters of a batch. */
export async function advanceBatch(
  sql: Sql,
  job: ClaimedJob,
  imported: number,
  errors: readonly ItemError[],
): Promise<void> {
  await sql.query(batchAdvance, [job.id, job.leaseId, imported, errors.length, JSON.stringify(errors)]);
}

/** Ends a batch after its last item. Undefined if the lease is lost. */
export async function storeBatchSuccess(
  sql: Sql,
  job: ClaimedJob,
  notice: Notice,
): Promise<StoredJob | undefined> {
  return endedJob(sql.query(batchSuccess, [job.id, job.leaseId, ...deliveryParameters(notice)]));
}

/** The data to store when a job fails. */
export interface FinalFailure {
  readonly failure: JobFailure;
  readonly stages: readonly AttemptStage[];
  readonly notice: Notice | undefined;
}

/** Ends a job as failed. Undefined if the lease is lost. */
export async function storeFailure(
  sql: Sql,
  job: ClaimedJob,
  { failure, stages, notice }: FinalFailure,
): Promise<StoredJob | undefined> {
  return endedJob(
    sql.query(failing, [
      job.id,
      job.leaseId,
      JSON.stringify(failure),
      ...deliveryParameters(notice),
      JSON.stringify(stages),
    ]),
  );
}

async function endedJob(ending: Promise<JobRow[]>): Promise<StoredJob | undefined> {
  const [row] = await ending;
  return row && jobOfRow<Job["kind"]>(row);
}
