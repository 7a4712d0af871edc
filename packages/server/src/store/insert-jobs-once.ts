import type { Job } from "@memlane/core";
import type { Prepared, Sql } from "../database/database.ts";
import { printJsonArray } from "../database/json-array.ts";
import { takingKeys, type KeyedRequest } from "./idempotency-keys.ts";
import { columns, jobOfRow, type JobRow, type StoredJob } from "./job-row.ts";
import type { NewJob } from "./jobs.ts";

/** A job to enqueue, with its request as JSON text and an optional key. */
export interface JobToInsert {
  readonly job: NewJob<Job["kind"]>;
  /** Undefined for a retry, whose request is in another job's row. */
  readonly json: string | undefined;
  readonly keyed: KeyedRequest | undefined;
}

const insertion: Prepared = {
  name: "insert jobs once",
  text: `with request as (
      select * from unnest($1::uuid[], $2::text[], $3::text[], $4::json[], $5::integer[], $6::json[], $7::text[],
        $8::text[], $9::text[]) as request (made_id, org_id, kind, request, received, trace, dialect, key, fingerprint)
    ), taken as (
      ${takingKeys("request where key is not null")}
    )
    insert into memlane.job (id, org_id, kind, request, received, trace, dialect, keep_for)
    select made_id, org_id, kind, request, received, trace, dialect, $10::interval from request
    where key is null or made_id in (select made_id from taken) returning ${columns}`,
};

/**
 * Enqueues jobs and takes their keys in one statement. Returns the jobs in the same order,
 * undefined for a job whose key is taken. Waits for other transactions that are taking the same
 * keys.
 */
export async function insertJobsOnce(
  sql: Sql,
  jobs: readonly JobToInsert[],
  keepHours: number,
): Promise<(StoredJob | undefined)[]> {
  const rows = await sql.query<JobRow>(insertion, [
    jobs.map(({ job }) => job.id),
    jobs.map(({ job }) => job.orgId),
    jobs.map(({ job }) => job.kind),
    printJsonArray(jobs.map(({ json }) => json)),
    jobs.map(({ job }) => job.received),
    jobs.map(({ job }) => job.trace && JSON.stringify(job.trace)),
    jobs.map(({ job }) => job.dialect),
    jobs.map(({ keyed }) => keyed?.key),
    jobs.map(({ keyed }) => keyed?.fingerprint),
    `${keepHours} hours`,
  ]);
  const inserted = new Map(rows.map((row) => [row.id, jobOfRow<Job["kind"]>(row)]));
  return jobs.map(({ job }) => inserted.get(job.id));
}
