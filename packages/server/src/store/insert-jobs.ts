// Inserts jobs, with or without an idempotency key.
import type { Job, JobId } from "@memlane/core";
import type { Prepared, Sql } from "../database/database.ts";
import { printJsonArray } from "../database/json-array.ts";
import type { TraceHeaders } from "../tracing/trace-headers.ts";
import { takingKeys, type KeyedRequest } from "./idempotency-keys.ts";
import { columns, jobOfRow, type JobRow, type StoredJob } from "./job-row.ts";

/** A job to enqueue. */
export interface NewJob<Kind extends Job["kind"]> {
  readonly id: JobId;
  readonly orgId: string;
  readonly kind: Kind;
  /** The name of the dialect that created it. */
  readonly dialect?: string | null | undefined;
  /** The validated body of the request. */
  readonly request: unknown;
  /** The number of items; 0 for an ingest job. */
  readonly received: number;
  /** The user and the agent of a conversation. */
  readonly userId?: string | null | undefined;
  readonly agentId?: string | null | undefined;
  /** The trace of the request that creates it. */
  readonly trace?: TraceHeaders | undefined;
}

/** The right of one worker to work on a job, for `ms` milliseconds after the insert. */
export interface Lease {
  readonly id: string;
  readonly ms: number;
}

/** A job to enqueue, with its request as JSON text. */
export interface PrintedJob {
  readonly job: NewJob<Job["kind"]>;
  /** If a worker begins the job at once. @default the job waits in the queue */
  readonly lease?: Lease | undefined;
  /** Undefined for a retry, which copies another job. */
  readonly json: string | undefined;
}

/** A job to enqueue, with an optional key. */
export interface JobToInsert extends PrintedJob {
  readonly keyed: KeyedRequest | undefined;
}

/** The columns that a new job sets, with their types. */
const newColumns = {
  id: "uuid",
  org_id: "text",
  kind: "text",
  request: "json",
  received: "integer",
  trace: "json",
  dialect: "text",
  user_id: "text",
  agent_id: "text",
  lease_id: "uuid",
} as const;

const names = Object.keys(newColumns).join(", ");
const sentColumns = { ...newColumns, lease_ms: "integer" };
const sentNames = Object.keys(sentColumns).join(", ");
const arrays = Object.values(sentColumns)
  .map((type, index) => `$${index + 1}::${type}[]`)
  .join(", ");
const next = Object.keys(sentColumns).length + 1; // the first parameter after the columns

/** How a job begins: in the queue, or claimed by the worker with its lease. */
const begun = "state, attempts, due_at, attempt_started_at, waited_ms";
const beginning = `case when lease_id is null then 'queued' else 'active' end,
      (lease_id is not null)::integer,
      coalesce(now() + lease_ms * interval '1 millisecond', '-infinity'),
      case when lease_id is not null then now() end,
      case when lease_id is not null then 0 end`;

/** The values of the columns, as arrays. */
const valuesOf = (jobs: readonly PrintedJob[]): Record<keyof typeof sentColumns, unknown> => ({
  id: jobs.map(({ job }) => job.id),
  org_id: jobs.map(({ job }) => job.orgId),
  kind: jobs.map(({ job }) => job.kind),
  request: printJsonArray(jobs.map(({ json }) => json)),
  received: jobs.map(({ job }) => job.received),
  trace: jobs.map(({ job }) => job.trace && JSON.stringify(job.trace)),
  dialect: jobs.map(({ job }) => job.dialect),
  user_id: jobs.map(({ job }) => job.userId),
  agent_id: jobs.map(({ job }) => job.agentId),
  lease_id: jobs.map(({ lease }) => lease?.id),
  lease_ms: jobs.map(({ lease }) => lease?.ms),
});

const insertion: Prepared = {
  name: "insert jobs",
  text: `insert into memlane.job (${names}, keep_for, ${begun})
    select ${names}, $${next}::interval, ${beginning}
    from unnest(${arrays}) as sent (${sentNames})
    returning ${columns}`,
};

const insertionOnce: Prepared = {
  name: "insert jobs once",
  text: `with sent as (
      select id as made_id, *
      from unnest(${arrays}, $${next}::text[], $${next + 1}::text[]) as sent (${sentNames}, key, fingerprint)
    ), taken as (
      ${takingKeys("sent where key is not null")}
    )
    insert into memlane.job (${names}, keep_for, ${begun})
    select ${names}, $${next + 2}::interval, ${beginning}
    from sent
    where key is null or id in (select made_id from taken)
    returning ${columns}`,
};

/** Enqueues jobs in one statement. Returns them in the same order. Each is kept for `keepHours` after its end. */
export async function insertJobs(
  sql: Sql,
  jobs: readonly PrintedJob[],
  keepHours: number,
): Promise<StoredJob[]> {
  const rows = await sql.query<JobRow>(insertion, [...Object.values(valuesOf(jobs)), `${keepHours} hours`]);
  const inserted = jobsById(rows);
  return jobs.map(({ job }) => inserted.get(job.id)!);
}

/**
 * Enqueues jobs and takes their keys in one statement. Returns the jobs in the same order, or
 * undefined for a job whose key is taken. Waits for other transactions that are taking the same
 * keys.
 */
export async function insertJobsOnce(
  sql: Sql,
  jobs: readonly JobToInsert[],
  keepHours: number,
): Promise<(StoredJob | undefined)[]> {
  const rows = await sql.query<JobRow>(insertionOnce, [
    ...Object.values(valuesOf(jobs)),
    jobs.map(({ keyed }) => keyed?.key),
    jobs.map(({ keyed }) => keyed?.fingerprint),
    `${keepHours} hours`,
  ]);
  const inserted = jobsById(rows);
  return jobs.map(({ job }) => inserted.get(job.id));
}

/** Each job is returned as queued, because a job begins after its client gets the answer. */
const jobsById = (rows: readonly JobRow[]): ReadonlyMap<JobId, StoredJob> =>
  new Map(rows.map((row) => [row.id, jobOfRow<Job["kind"]>({ ...row, state: "queued" })]));
