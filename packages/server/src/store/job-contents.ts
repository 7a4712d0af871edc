// What a job did and with which words: its attempts, its request, and its messages.
import type { IngestResult, Job, JobId } from "@memlane/core";
import type { Sql } from "../database/database.ts";
import type { AttemptOutcome, AttemptStage } from "./attempt-log.ts";
import { kept } from "./job-row.ts";

/** An attempt that has ended. Its times are in ISO 8601. */
export interface EndedAttempt {
  readonly number: number;
  readonly outcome: AttemptOutcome;
  readonly started_at: string;
  readonly ended_at: string;
  readonly error: { readonly code: string; readonly message: string } | null;
  readonly next_try_at: string | null;
  readonly stages: readonly AttemptStage[];
}

/** The attempts of a job. */
export interface JobAttempts {
  /** Oldest first. */
  readonly attempts: readonly EndedAttempt[];
  /** When the attempt began that runs now; null if none does. */
  readonly runningSince: Date | null;
  /** How long it waited for its first attempt; null before it. */
  readonly waitedMs: number | null;
  readonly enqueuedAt: Date;
}

/** Reads the attempts of a job. Undefined if it does not exist. */
export async function readAttempts(sql: Sql, orgId: string, id: JobId): Promise<JobAttempts | undefined> {
  const [row] = await sql.query<JobAttempts>(
    `select
       attempt_log as attempts,
       case when lease_id is not null then attempt_started_at end as "runningSince",
       waited_ms::float8 as "waitedMs",
       created_at as "enqueuedAt"
     from memlane.job
     where id = $1 and org_id = $2 and ${kept}`,
    [id, orgId],
  );
  return row;
}

/** The request of a job, as it is stored. */
export interface JobRequest {
  readonly kind: Job["kind"];
  readonly userId: string | null;
  readonly bytes: number;
  /** Null if it is not kept any more, or has more bytes than asked for. */
  readonly request: unknown;
}

/** Reads the request of a job, if it has at most `mostBytes`. Undefined if the job does not exist. */
export async function readJobRequest(
  sql: Sql,
  orgId: string,
  { id, mostBytes }: { readonly id: JobId; readonly mostBytes: number },
): Promise<JobRequest | undefined> {
  const [row] = await sql.query<JobRequest>(
    `select kind, user_id as "userId", bytes, case when bytes <= $3 then request end as request
     from (
       select job.kind, job.user_id, original.request, coalesce(octet_length(original.request::text), 0) as bytes
       from memlane.job join memlane.job as original on original.id = coalesce(job.request_of, job.id)
       where job.id = $1 and job.org_id = $2 and (job.expires_at is null or job.expires_at > now())
       offset 0 -- otherwise the size is computed twice
     ) as found`,
    [id, orgId, mostBytes],
  );
  return row;
}

/** A message of a job. */
export interface JobMessage {
  readonly index: number;
  readonly diaId: string | null;
  /** Null if the message is not kept, like its text. */
  readonly speaker: string | null;
  readonly text: string | null;
  readonly report: NonNullable<IngestResult["messages"]>[number] | null;
}

/** A page of the messages of a job. */
export interface JobMessages {
  readonly userId: string | null;
  readonly total: number;
  readonly messages: readonly JobMessage[];
}

const longestText = 4000;

/**
 * A page of the messages of a conversation, in their order, with the report on each if the job has succeeded. Their texts come from
 * the request until the job succeeds, then from the episode. Undefined if the job does not exist.
 */
export async function listJobMessages(
  sql: Sql,
  orgId: string,
  { id, limit, offset }: { readonly id: JobId; readonly limit: number; readonly offset: number },
): Promise<JobMessages | undefined> {
  const [row] = await sql.query<JobMessages>(
    `with asked as materialized (
       select
         job.id, job.user_id,
         case when job.kind = 'ingest' and job.state <> 'succeeded' then original.request -> 'messages' end as sent,
         job.result -> 'messages' as reports
       from memlane.job join memlane.job as original on original.id = coalesce(job.request_of, job.id)
       where job.id = $1 and job.org_id = $2 and (job.expires_at is null or job.expires_at > now())
     ), message as (
       select index, sent, report
       from (
         select position - 1 as index, value as sent, null::json as report
         from asked cross join json_array_elements(sent) with ordinality as items (value, position)
         union all
         select position - 1, null, value
         from asked cross join json_array_elements(reports) with ordinality as items (value, position)
       ) as either
       where index >= $4 and index < $4 + $3
     ), stored as (
       select message_index, min(speaker) as speaker, min(dia_id) as dia_id,
         left(string_agg(text, ' ' order by position), ${longestText}) as text
       from asked join memlane.episode on episode.job_id = asked.id and episode.org_id = $2
         join memlane.message on episode_id = episode.id
       where message_index >= $4 and message_index < $4 + $3
       group by message_index
     )
     select
       user_id as "userId",
       coalesce(json_array_length(sent), json_array_length(reports), 0) as total,
       coalesce(
         (
           select json_agg(json_build_object(
             'index', index,
             'diaId', coalesce(sent ->> 'dia_id', report ->> 'id', dia_id),
             'speaker', coalesce(sent ->> 'role', speaker),
             'text', coalesce(left(sent ->> 'content', ${longestText}), text),
             'report', report
           ) order by index)
           from message left join stored on message_index = index
         ),
         '[]'
       ) as messages
     from asked`,
    [id, orgId, limit, offset],
  );
  return row;
}
