import {
  type BatchJob,
  type IngestJob,
  type IngestResult,
  type ItemError,
  type Job,
  type JobFailure,
  type JobFields,
  type JobId,
  type JobState,
} from "@memlane/core";

/** A job with the name of the dialect that it was created in; null if an older server enqueued it. */
export type StoredJob = Job & { readonly dialect: string | null };

/** The job type of each kind. */
export type JobOfKind<Kind extends Job["kind"]> = Extract<StoredJob, { kind: Kind }>;

/** A row of the job table. */
export interface JobRow {
  readonly id: JobId;
  readonly kind: Job["kind"];
  readonly dialect: string | null;
  readonly state: JobState;
  readonly received: number;
  readonly imported: number;
  readonly failed: number;
  readonly item_errors: readonly ItemError[];
  readonly result: IngestResult | null;
  readonly failure: JobFailure | null;
  readonly created_at: Date;
  readonly updated_at: Date;
  readonly user_id: string | null;
  readonly expires_at: Date | null;
  readonly attempts: number;
  readonly last_error: string | null;
  readonly next_attempt_at: Date | null;
}

/** The columns that are the same for small and large jobs. */
export const smallColumns = `id, kind, dialect, state, received, imported, failed, failure, created_at, updated_at, user_id, expires_at,
  attempts + interruptions as attempts,
  case when state = 'active' then last_error end as last_error,
  case when lease_id is null and due_at > '-infinity' then due_at end as next_attempt_at`;

/** The columns of a job. */
export const columns = `${smallColumns}, item_errors, result`;

/**
 * The approximate size of a job in an answer. The size of a result is stored, because measuring it
 * would mean decompressing it. Only results of older rows are measured.
 */
export const jobBytes = "coalesce(result_bytes, octet_length(result::text), 0) + 500 * failed";

/** What every statement that ends a job sets, apart from the state. */
export const ended = "lease_id = null, updated_at = now(), expires_at = now() + keep_for";

/** SQL: whether a job has not expired. The sweep deletes expired jobs a little later. */
export const kept = "(expires_at is null or expires_at > now())";

/** Whether a job is of a kind. */
export function isOfKind<Kind extends Job["kind"]>(
  job: StoredJob | undefined,
  kind: Kind,
): job is JobOfKind<Kind> {
  return job?.kind === kind;
}

/** Converts a row to a job. The caller's SQL must select this kind. */
export function jobOfRow<Kind extends Job["kind"]>(row: JobRow): JobOfKind<Kind> {
  const job = row.kind === "batch" ? batchOfRow(row) : ingestOfRow(row);
  return { ...job, dialect: row.dialect } as JobOfKind<Kind>;
}

/** The fields of every job. */
function fieldsOfRow(row: JobRow): { readonly [Name in keyof Required<JobFields>]: JobFields[Name] } {
  const isRepeated = row.last_error !== null;
  return {
    expiresAt: row.expires_at ?? undefined,
    attempts: isRepeated ? row.attempts : undefined,
    lastError: row.last_error ?? undefined,
    nextAttemptAt: isRepeated ? (row.next_attempt_at ?? undefined) : undefined,
  };
}

function batchOfRow(row: JobRow): BatchJob {
  const { id, state, received, imported, failed, item_errors: errors, failure } = row;
  const progress = { received, imported, failed, errors };
  return { kind: "batch", id, state, ...progress, failure: failure ?? undefined, ...fieldsOfRow(row) };
}

function ingestOfRow(row: JobRow): IngestJob {
  const base = {
    kind: "ingest",
    id: row.id,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    userId: row.user_id ?? undefined,
    ...fieldsOfRow(row),
  } as const;
  // Constraints of the table ensure that the result and the failure match the state.
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
