// Everything that is said to the table of jobs. Each statement that moves a job carries the machine's guard.
import {
  isTerminal,
  sourcesOf,
  type BatchJob,
  type IngestJob,
  type IngestResult,
  type ItemError,
  type Job,
  type JobFailure,
  type JobId,
  type JobState,
} from "@memlane/core";
import type { Prepared, Sql } from "../database/database.ts";
import { noticeOfFailure, noticeOfSuccess } from "../webhooks/learning-notice.ts";
import { deliveryParameters, withDelivery } from "./webhook-deliveries.ts";

/** The kinds of jobs, each with the job that it is. */
export type JobOfKind<Kind extends Job["kind"]> = Extract<Job, { kind: Kind }>;

/** A job to enqueue. */
export interface NewJob<Kind extends Job["kind"]> {
  readonly id: JobId;
  readonly orgId: string;
  readonly kind: Kind;
  /** The request's body, as it was validated. */
  readonly request: unknown;
  /** How many items it has; 0 for an ingest job. */
  readonly received: number;
}

/** A job that a worker holds. */
export interface ClaimedJob {
  readonly id: JobId;
  readonly orgId: string;
  readonly kind: Job["kind"];
  readonly request: unknown;
  readonly attempts: number;
  /** Whether nobody claimed it before, as far as it can be told. */
  readonly isFirstClaim: boolean;
  readonly leaseId: string;
}

/** A job as the table has it. */
export interface JobRow {
  readonly id: JobId;
  readonly kind: Job["kind"];
  readonly state: JobState;
  readonly received: number;
  readonly imported: number;
  readonly failed: number;
  readonly item_errors: readonly ItemError[];
  readonly result: IngestResult | null;
  readonly failure: JobFailure | null;
  readonly created_at: Date;
  readonly updated_at: Date;
}

/** What a job is made of. */
export const columns =
  "id, kind, state, received, imported, failed, item_errors, result, failure, created_at, updated_at";

/** How long an ended job is kept, in milliseconds: 24 hours. */
export const keepEndedMs = 24 * 3_600_000;

const insertion: Prepared = {
  name: "insert jobs",
  text: `insert into memlane.job (id, org_id, kind, request, received)
    select * from unnest($1::uuid[], $2::text[], $3::text[], $4::json[], $5::integer[]) returning ${columns}`,
};

/** Enqueues jobs in one statement, each with its request as JSON text; answers them in the same order. */
export async function insertJobs(
  sql: Sql,
  jobs: readonly { readonly job: NewJob<Job["kind"]>; readonly json: string }[],
): Promise<Job[]> {
  const rows = await sql.query<JobRow>(insertion, [
    jobs.map(({ job }) => job.id),
    jobs.map(({ job }) => job.orgId),
    jobs.map(({ job }) => job.kind),
    jobs.map(({ json }) => json),
    jobs.map(({ job }) => job.received),
  ]);
  const inserted = new Map(rows.map((row) => [row.id, jobOfRow<Job["kind"]>(row)]));
  return jobs.map(({ job }) => inserted.get(job.id)!);
}

/** Enqueues a job. */
export async function insertJob<Kind extends Job["kind"]>(
  sql: Sql,
  job: NewJob<Kind>,
): Promise<JobOfKind<Kind>> {
  const [inserted] = await insertJobs(sql, [{ job, json: JSON.stringify(job.request) }]);
  return inserted as JobOfKind<Kind>;
}

/** One organisation's job of one kind. */
export async function readJob<Kind extends Job["kind"]>(
  sql: Sql,
  orgId: string,
  kind: Kind,
  id: JobId,
): Promise<JobOfKind<Kind> | undefined> {
  const [row] = await sql.query<JobRow>(
    `select ${columns} from memlane.job where id = $1 and org_id = $2 and kind = $3`,
    [id, orgId, kind],
  );
  return row && jobOfRow<Kind>(row);
}

/** One organisation's job of either kind. */
export async function readAnyJob(sql: Sql, orgId: string, id: JobId): Promise<Job | undefined> {
  const [job] = await readJobs(sql, [{ orgId, id }]);
  return job;
}

const reading: Prepared = {
  name: "read jobs",
  text: `select org_id, ${columns} from memlane.job where id = any($1)`,
};

/** Jobs of either kind by their organisation and id, in the order that was asked for; undefined for what is not there. */
export async function readJobs(
  sql: Sql,
  places: readonly { readonly orgId: string; readonly id: JobId }[],
): Promise<(Job | undefined)[]> {
  const rows = await sql.query<JobRow & { readonly org_id: string }>(reading, [
    [...new Set(places.map(({ id }) => id))],
  ]);
  const found = new Map(rows.map((row) => [row.id, { orgId: row.org_id, job: jobOfRow<Job["kind"]>(row) }]));
  return places.map(({ orgId, id }) => {
    const row = found.get(id);
    return row?.orgId === orgId ? row.job : undefined;
  });
}

/** Lengthens a lease from now on; false when it is no longer held. */
export async function renewLease(sql: Sql, job: ClaimedJob, leaseMs: number): Promise<boolean> {
  return didChange(
    sql.query(
      `update memlane.job set due_at = now() + $3 * interval '1 millisecond' where ${held} returning id`,
      [job.id, job.leaseId, leaseMs],
    ),
  );
}

/** Gives a job back that could not be done, to be claimed again after a delay. */
export async function giveBackJob(sql: Sql, job: ClaimedJob, delayMs: number): Promise<void> {
  await sql.query(
    `update memlane.job set due_at = now() + $3 * interval '1 millisecond', lease_id = null where ${held}`,
    [job.id, job.leaseId, delayMs],
  );
}

/** Puts a job back to its place in the line, as if it had not been claimed; what is done of it stays done. */
export async function putBackJob(sql: Sql, job: ClaimedJob): Promise<void> {
  await sql.query(
    `update memlane.job set due_at = created_at, lease_id = null, attempts = attempts - 1 where ${held}`,
    [job.id, job.leaseId],
  );
}

/** Ends an ingest job; false when the lease is lost, and then the whole transaction must be undone. */
export async function succeedIngest(sql: Sql, job: ClaimedJob, result: IngestResult): Promise<boolean> {
  const notice = noticeOfSuccess(job, result, new Date());
  return didChange(
    sql.query(ingestSuccess, [job.id, job.leaseId, JSON.stringify(result), ...deliveryParameters(notice)]),
  );
}

/** How many items of a batch are done, locked until the transaction ends; undefined when the lease is lost. */
export async function lockBatchProgress(sql: Sql, job: ClaimedJob): Promise<number | undefined> {
  const [row] = await sql.query<{ done: number }>(
    `select imported + failed as done from memlane.job where ${held} for update`,
    [job.id, job.leaseId],
  );
  return row?.done;
}

/** Moves a batch's counters on. Progress forgives earlier attempts: only a batch that is stuck runs out of them. */
export async function advanceBatch(
  sql: Sql,
  job: ClaimedJob,
  imported: number,
  errors: readonly ItemError[],
): Promise<void> {
  await sql.query(
    `update memlane.job
     set imported = imported + $3, failed = failed + $4, item_errors = item_errors || $5, attempts = 1
     where ${held}`,
    [job.id, job.leaseId, imported, errors.length, JSON.stringify(errors)],
  );
}

/** Ends a batch whose items are all done. */
export async function succeedBatch(sql: Sql, job: ClaimedJob): Promise<boolean> {
  return didChange(
    sql.query(
      `update memlane.job set state = 'succeeded', lease_id = null, updated_at = now()
       where ${held} and ${guard("succeed")} returning id`,
      [job.id, job.leaseId],
    ),
  );
}

/** Ends a job that could not be done; false when the lease is lost. */
export async function failJob(sql: Sql, job: ClaimedJob, failure: JobFailure): Promise<boolean> {
  const notice = job.kind === "ingest" ? noticeOfFailure(job, failure, new Date()) : undefined;
  return didChange(
    sql.query(
      withDelivery(
        `update memlane.job set state = 'failed', failure = $3, lease_id = null, updated_at = now()
         where ${held} and ${guard("fail")} returning id, org_id`,
        4,
      ),
      [job.id, job.leaseId, JSON.stringify(failure), ...deliveryParameters(notice)],
    ),
  );
}

/** Forgets up to `limit` jobs that ended longer ago than this; answers how many. */
export async function deleteEndedJobs(sql: Sql, keepMs: number, limit: number): Promise<number> {
  const rows = await sql.query(
    `delete from memlane.job where id in (
       select id from memlane.job
       where state in ('succeeded', 'failed') and updated_at < now() - $1 * interval '1 millisecond'
       order by updated_at limit $2 for update skip locked
     ) returning id`,
    [keepMs, limit],
  );
  return rows.length;
}

/** Only the claim that holds the lease may write: whoever lost it finds no row. */
const held = "id = $1 and lease_id = $2 and state = 'active'";

/** The states that an event may start from, as a condition. */
export function guard(event: Parameters<typeof sourcesOf>[0]): string {
  return `state in (${sourcesOf(event)
    .map((state) => `'${state}'`)
    .join(", ")})`;
}

// Planned anew for each job, the two halves would take three times as long: 0.4 ms instead of 0.13.
const ingestSuccess: Prepared = {
  name: "succeed ingest",
  text: withDelivery(
    `update memlane.job set state = 'succeeded', result = $3, lease_id = null, updated_at = now()
     where ${held} and ${guard("succeed")} returning id, org_id`,
    4,
  ),
};

async function didChange(changed: Promise<unknown[]>): Promise<boolean> {
  return (await changed).length > 0;
}

/** A row as a job: the caller asked for this kind, in SQL. */
export function jobOfRow<Kind extends Job["kind"]>(row: JobRow): JobOfKind<Kind> {
  return (row.kind === "batch" ? batchOfRow(row) : ingestOfRow(row)) as JobOfKind<Kind>;
}

function batchOfRow(row: JobRow): BatchJob {
  const { id, state, received, imported, failed, item_errors: errors, failure } = row;
  const end = { failure: failure ?? undefined, expiresAt: expiryOf(row) };
  return { kind: "batch", id, state, received, imported, failed, errors, ...end };
}

function expiryOf({ state, updated_at }: JobRow): Date | undefined {
  return isTerminal(state) ? new Date(updated_at.getTime() + keepEndedMs) : undefined;
}

function ingestOfRow(row: JobRow): IngestJob {
  const base = {
    kind: "ingest",
    id: row.id,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    expiresAt: expiryOf(row),
  } as const;
  // The table's checks hold that a result and a failure are there when, and only when, the state says so.
  switch (row.state) {
    case "queued":
    case "active":
      return { ...base, state: row.state };
    case "succeeded":
      return { ...base, state: row.state, result: row.result! };
    case "failed":
      return { ...base, state: row.state, failure: row.failure! };
  }
}
