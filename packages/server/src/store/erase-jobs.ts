// Removes the texts of a user, of an agent or of an organisation from jobs and from their webhook deliveries.
import type { JobFailure, JobId, Uuid } from "@memlane/core";
import type { Sql } from "../database/database.ts";
import { isInScope, type Erasure } from "./erasures.ts";
import { ended } from "./job-row.ts";
import { guard } from "./job-state-guard.ts";

/** The jobs of one step of an erasure. */
export interface JobsToErase {
  /** Conversations of the user or agent. */
  readonly conversations: readonly JobId[];
  /** Batches that may contain items of the user or agent. */
  readonly batches: readonly JobId[];
  /** The last job that was read; null if there are no more. */
  readonly through: Uuid | null;
}

/** A request with 500 items takes PostgreSQL up to a second, so a step has few batches. */
const batchesPerStep = 10;

/** Reads the next jobs in order of their ids. */
export async function listJobsToErase(sql: Sql, erasure: Erasure, limit: number): Promise<JobsToErase> {
  const { orgId, name, requestedAt, through } = erasure;
  const rows = await sql.query<{ id: JobId; kind: "ingest" | "batch"; concerns: boolean }>(
    `select id, kind, created_at <= $4::timestamptz and case kind
         when 'batch' then request is not null or item_errors <> '[]'
         else ${isInScope(erasure, "$3")}
       end as concerns
     from memlane.job
     where org_id = $1 and ($2::uuid is null or id > $2)
     order by id
     limit $5`,
    [orgId, through, name, requestedAt, limit],
  );
  const isBatch = (row: (typeof rows)[number]) => row.concerns && row.kind === "batch";
  const lastBatch = rows.filter(isBatch).at(batchesPerStep - 1);
  const read = lastBatch === undefined ? rows : rows.slice(0, rows.indexOf(lastBatch) + 1);
  return {
    conversations: read.filter(({ kind: of, concerns }) => concerns && of === "ingest").map(({ id }) => id),
    batches: read.filter(isBatch).map(({ id }) => id),
    through: read.length < rows.length || rows.length === limit ? read.at(-1)!.id : null,
  };
}

/** The failure of a job that an erasure ended. */
const erased: JobFailure = {
  type: "cancelled",
  code: "cancelled",
  message: "the data of this job was erased",
};

/** What is left of a result. */
const emptyResult = { created: [], updated: [], supersededBy: {}, stageTimings: {}, ignoredGroupIds: [] };

/**
 * Ends the unfinished ones of these ingest jobs, and removes all texts from them and from their retries. A worker that runs one
 * has lost its lease and can store nothing. Returns the ids.
 */
export async function eraseConversations(
  sql: Sql,
  orgId: string,
  ids: readonly JobId[],
): Promise<readonly JobId[]> {
  if (ids.length === 0) return [];
  // Waits for workers that are about to commit, so that the erasure finds what they have stored.
  await sql.query(
    "select from memlane.job where org_id = $1 and (id = any($2) or request_of = any($2)) order by id for update",
    [orgId, ids],
  );
  await sql.query(
    `update memlane.job
     set state = 'failed', failure = $3, ${ended}
     where org_id = $1 and (id = any($2) or request_of = any($2)) and ${guard("fail")}`,
    [orgId, ids, JSON.stringify(erased)],
  );
  const rows = await sql.query<{ id: JobId }>(
    `update memlane.job
     set
       request = null,
       request_of = null,
       trace = null,
       user_id = null,
       agent_id = null,
       result = case when result is not null then $3::json end,
       result_bytes = null,
       failure = case when failure is not null then jsonb_set(failure::jsonb, '{message}', $4::jsonb)::json end
     where org_id = $1 and (id = any($2) or request_of = any($2))
     returning id`,
    [orgId, ids, JSON.stringify(emptyResult), JSON.stringify(erased.message)],
  );
  return rows.map(({ id }) => id);
}

/** What replaces an erased item of a batch, so that the others keep their positions. */
const erasedItem = { content: "", refused: "the memory was erased" };

/** SQL: whether `item` is of the user or agent that a parameter names. */
const isItemOf = (erasure: Erasure, name: string) =>
  isInScope(erasure, name, (field) => `item ->> '${field}'`);

/**
 * Replaces the items of a user or an agent in a batch, and removes their ids from its errors. If a worker is running the batch,
 * it loses its lease, and a worker continues with what is left. Returns whether the batch has changed.
 */
export async function eraseItems(sql: Sql, erasure: Erasure, id: JobId): Promise<boolean> {
  const { orgId } = erasure;
  // A retry that begins now refers to this row, so it waits for this lock.
  await sql.query("select from memlane.job where id = $1 and org_id = $2 for update", [id, orgId]);
  const found = await readItemsToErase(sql, erasure, id);
  if (!(found.hasItems || found.hasStrayIds)) return false;
  await releaseLeases(sql, orgId, id);
  await eraseIdsOfErrors(sql, orgId, { id, itemIds: found.hasStrayIds ? null : found.itemIds });
  if (found.hasItems) await replaceItems(sql, erasure, id);
  return true;
}

interface ItemsToErase {
  readonly hasItems: boolean;
  /** Whether errors have ids and the request is gone: then nothing shows whose items they are about. */
  readonly hasStrayIds: boolean;
  /** The clients' own ids of the items. */
  readonly itemIds: readonly string[];
}

async function readItemsToErase(sql: Sql, erasure: Erasure, id: JobId): Promise<ItemsToErase> {
  const [found] = await sql.query<ItemsToErase>(
    `select
       count(item) > 0 as "hasItems",
       request is null and request_of is null and jsonb_path_exists(item_errors, '$[*].id') as "hasStrayIds",
       coalesce(array_agg(item -> 'metadata' ->> 'id') filter (where item -> 'metadata' ->> 'id' is not null), '{}') as "itemIds"
     from memlane.job left join lateral json_array_elements(request) as item on ${isItemOf(erasure, "$3")}
     where job.id = $1 and org_id = $2
     group by job.id`,
    [id, erasure.orgId, erasure.name],
  );
  return found ?? { hasItems: false, hasStrayIds: false, itemIds: [] };
}

/** Takes a batch, or the retry that uses its request, from its worker, as if it had not been claimed. */
async function releaseLeases(sql: Sql, orgId: string, id: JobId): Promise<void> {
  await sql.query(
    `update memlane.job
     set due_at = '-infinity', lease_id = null, suspect = false, attempts = greatest(attempts - 1, 0)
     where (id = $1 or request_of = $1) and org_id = $2 and lease_id is not null`,
    [id, orgId],
  );
}

/** Removes these ids from the errors of a batch and of its retry; null removes all. */
async function eraseIdsOfErrors(
  sql: Sql,
  orgId: string,
  { id, itemIds }: { readonly id: JobId; readonly itemIds: readonly string[] | null },
): Promise<void> {
  await sql.query(
    `update memlane.job
     set item_errors = (
       select jsonb_agg(
         case when $3::text[] is null or error ->> 'id' = any($3) then error - 'id' else error end
         order by position
       )
       from jsonb_array_elements(item_errors) with ordinality as errors (error, position)
     )
     where (id = $1 or request_of = $1) and org_id = $2 and item_errors <> '[]'`,
    [id, orgId, itemIds],
  );
}

async function replaceItems(sql: Sql, erasure: Erasure, id: JobId): Promise<void> {
  await sql.query(
    `update memlane.job
     set request = (
       select json_agg(case when ${isItemOf(erasure, "$3")} then $4::json else item end order by position)
       from json_array_elements(request) with ordinality as items (item, position)
     )
     where id = $1 and org_id = $2`,
    [id, erasure.orgId, erasure.name, JSON.stringify(erasedItem)],
  );
}

/**
 * Replaces the stored items with this text in the unfinished batches of an organisation. Their positions are done, so no worker
 * reads them again.
 */
export async function eraseStoredItems(sql: Sql, orgId: string, text: string): Promise<void> {
  await sql.query(
    `update memlane.job as original
     set request = (
       select json_agg(
         case when position <= job.imported + job.failed and item ->> 'content' = $2 then $3::json else item end
         order by position
       )
       from json_array_elements(original.request) with ordinality as items (item, position)
     )
     from memlane.job
     where job.org_id = $1 and job.kind = 'batch' and job.${guard("fail")} and job.imported + job.failed > 0
       and original.id = coalesce(job.request_of, job.id)
       and exists (
         select from json_array_elements(original.request) with ordinality as items (item, position)
         where position <= job.imported + job.failed and item ->> 'content' = $2
       )`,
    [orgId, text, JSON.stringify(erasedItem)],
  );
}

/** Deletes the webhook deliveries of these jobs, sent or not. Returns how many. */
export async function deleteDeliveriesOf(sql: Sql, orgId: string, jobIds: readonly JobId[]): Promise<number> {
  if (jobIds.length === 0) return 0;
  const rows = await sql.query(
    "delete from memlane.webhook_delivery where job_id = any($2) and org_id = $1 returning id",
    [orgId, jobIds],
  );
  return rows.length;
}
