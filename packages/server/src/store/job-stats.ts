// What jobs have done: counts now, and their course over a window. Of one organisation, or of all if `orgId` is null.
import type { JobId } from "@memlane/core";
import type { Sql } from "../database/database.ts";
import { isInState } from "./job-filter.ts";

/** The unfinished jobs. */
export interface UnfinishedCounts {
  readonly queued: number;
  readonly active: number;
  readonly retrying: number;
  /** Unfinished jobs that no worker has taken for more than a minute. */
  readonly overdue: number;
  /** Also a job whose worker has lost its lease waits. */
  readonly oldestWaitingSeconds: number | null;
}

/** Counts the unfinished jobs. */
export async function countUnfinishedJobs(sql: Sql, orgId: string | null): Promise<UnfinishedCounts> {
  const count = (condition: string) => `count(*) filter (where ${condition})::float8`;
  const [counts] = await sql.query<UnfinishedCounts>(
    `select
       ${count(isInState.queued)} as queued,
       ${count(isInState.active)} as active,
       ${count(isInState.retrying)} as retrying,
       ${count("greatest(due_at, created_at) < now() - interval '1 minute'")} as overdue,
       extract(epoch from now() - min(greatest(due_at, created_at)) filter (where due_at <= now()))::float8
         as "oldestWaitingSeconds"
     from memlane.job
     where ($1::text is null or org_id = $1) and state in ('queued', 'active')`,
    [orgId],
  );
  return counts!;
}

/** Equal steps of time. */
export interface Steps {
  readonly start: Date;
  readonly stepMs: number;
}

/** The jobs that were accepted in one step. */
export interface AcceptedStep {
  /** The number of the step, from 0. */
  readonly step: number;
  readonly accepted: number;
}

/** The jobs that ended in one step. */
export interface EndedStep {
  readonly step: number;
  readonly succeeded: number;
  readonly failed: number;
  readonly waitP50Ms: number | null;
  readonly waitP95Ms: number | null;
}

const stepOf = (moment: string) =>
  `floor(extract(epoch from ${moment} - $2::timestamptz) * 1000 / $3::float8)::integer as step`;

// One range of an index per organisation, also if all are asked for.
const jobsOfOrgs = (condition: string) => `memlane.org cross join lateral (
       select * from memlane.job where org_id = org.id and ${condition}
     ) as job`;
const isAsked = "($1::text is null or org.id = $1)";

/** The jobs that were accepted in each step. `firstId` is the smallest id of a job after the start. */
export function listAcceptedSteps(
  sql: Sql,
  orgId: string | null,
  { start, stepMs, firstId }: Steps & { readonly firstId: string },
): Promise<AcceptedStep[]> {
  return sql.query<AcceptedStep>(
    `select ${stepOf("job.created_at")}, count(*)::float8 as accepted
     from ${jobsOfOrgs("id >= $4")}
     where ${isAsked}
     group by 1`,
    [orgId, start, stepMs, firstId],
  );
}

/** The jobs that ended in each step, and how long they had waited for their first attempt. */
export function listEndedSteps(
  sql: Sql,
  orgId: string | null,
  { start, stepMs }: Steps,
): Promise<EndedStep[]> {
  return sql.query<EndedStep>(
    `select
       ${stepOf("job.updated_at")},
       count(*) filter (where state = 'succeeded')::float8 as succeeded,
       count(*) filter (where state = 'failed')::float8 as failed,
       percentile_disc(0.5) within group (order by waited_ms)::float8 as "waitP50Ms",
       percentile_disc(0.95) within group (order by waited_ms)::float8 as "waitP95Ms"
     from ${jobsOfOrgs("expires_at is not null and updated_at >= $2")}
     where ${isAsked}
     group by 1`,
    [orgId, start, stepMs],
  );
}

/** The failed jobs or items with one code. */
export interface Problem {
  readonly code: string;
  readonly count: number;
  /** The last of these jobs, and the message. */
  readonly jobId: JobId;
  readonly message: string;
}

/** The failures since `start` by their code, most first. */
export function listProblems(sql: Sql, orgId: string | null, start: Date): Promise<Problem[]> {
  return sql.query<Problem>(
    `select failure ->> 'code' as code, count(*)::float8 as count,
       (array_agg(job.id order by updated_at desc))[1] as "jobId",
       (array_agg(failure ->> 'message' order by updated_at desc))[1] as message
     from ${jobsOfOrgs("expires_at is not null and updated_at >= $2")}
     where ${isAsked} and state = 'failed'
     group by 1
     order by 2 desc, 1
     limit 20`,
    [orgId, start],
  );
}

/** The items that the last 100 batches with failed items could not store since `start`, by their code, most first. */
export function listFailedItems(sql: Sql, orgId: string | null, start: Date): Promise<Problem[]> {
  return sql.query<Problem>(
    `with batches as (
       select job.id, updated_at, item_errors
       from memlane.org cross join lateral (
         select * from memlane.job
         where org_id = org.id and expires_at is not null and updated_at >= $2 and failed > 0
         order by updated_at desc
         limit 100
       ) as job
       where ${isAsked}
       order by updated_at desc
       limit 100
     )
     select coalesce(item ->> 'code', 'invalid_item') as code, count(*)::float8 as count,
       (array_agg(id order by updated_at desc))[1] as "jobId",
       (array_agg(item ->> 'error' order by updated_at desc))[1] as message
     from batches cross join lateral jsonb_array_elements(item_errors) as item
     group by 1
     order by 2 desc, 1
     limit 20`,
    [orgId, start],
  );
}
