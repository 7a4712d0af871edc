// The table of memories.
import type { GroupId, JobId, MemoryId, MemoryType } from "@memlane/core";
import type { JsonObject, Memory, Tense } from "@memlane/core/internal";
import type { Prepared, Sql } from "../database/database.ts";
import { keysetOf, readPage, type Page, type PageRequest } from "./page-by-bytes.ts";

/** A memory to store. Missing fields are stored as null or empty. */
export interface NewMemory {
  readonly id: MemoryId;
  readonly type: MemoryType;
  readonly text: string;
  readonly status?: Memory["status"];
  readonly user_id?: string | null;
  readonly agent_id?: string | null;
  readonly app_id?: string | null;
  readonly conversation_id?: string | null;
  readonly run_id?: string | null;
  readonly metadata?: JsonObject | null;
  readonly group_ids?: readonly GroupId[] | undefined;
  readonly fact_type?: string | null;
  readonly slot?: string | null;
  readonly fingerprint?: string | null;
  readonly supersedes?: MemoryId | null;
  readonly superseded_by?: MemoryId | null;
  readonly source_role?: string | null;
  readonly source_event_ids?: readonly string[];
  readonly occurred_at?: string | null;
  readonly valid_from?: string | null;
  readonly invalid_at?: string | null;
  readonly tense?: Tense | null;
  /** When it was last said. @default `occurred_at`, or else now */
  readonly last_said_at?: string | null;
  /** The ingest job that makes the memory. */
  readonly job_id?: JobId;
}

/** The columns of a new memory, which has no episode yet. */
const ownColumns = `id, type, text, status, user_id as "userId", agent_id as "agentId", app_id as "appId",
  conversation_id as "conversationId", run_id as "runId", metadata, categories, group_ids as "groupIds", fact_type as "factType",
  supersedes, source_role as "sourceRole", source_event_ids as "sourceEventIds",
  occurred_at as "occurredAt", valid_from as "validFrom", invalid_at as "invalidAt", tense,
  created_at as "createdAt", updated_at as "updatedAt"`;

/** The columns of a memory, as every list and search returns them. */
export const columns = `${ownColumns},
  (select episode_id from memlane.memory_source join memlane.message on message.id = message_id where memory_id = memory.id limit 1)
    as "episodeId",
  case when type = 'artifact' then (
    select jsonb_build_object('title', title, 'rationale', rationale, 'version', version, 'rootId', root_id)
    from memlane.artifact where memory_id = memory.id
  ) end as artifact`;

/** The fields of an episode, or of one of its messages, as a memory. */
export const wordsAsMemory = {
  type: "episode",
  status: "active",
  runId: null,
  metadata: {},
  categories: [],
  factType: null,
  supersedes: null,
  validFrom: null,
  invalidAt: null,
  tense: null,
  sourceRole: null,
} as const satisfies Partial<Memory>;

const insertion: Prepared = {
  name: "insert memories",
  text: `insert into memlane.memory (
      org_id, id, type, text, status, user_id, agent_id, app_id, conversation_id, run_id,
      metadata, group_ids, fact_type, slot, fingerprint, supersedes, superseded_by, source_role, source_event_ids, job_id,
      occurred_at, valid_from, invalid_at, tense, last_said_at
    )
    select
      $1, id, type, text, coalesce(status, 'active'), user_id, agent_id, app_id, conversation_id, run_id,
      coalesce(metadata, '{}'), coalesce(group_ids, '{}'), fact_type, slot, fingerprint, supersedes, superseded_by, source_role,
      coalesce(source_event_ids, '{}'), job_id,
      occurred_at, valid_from, invalid_at, tense, coalesce(last_said_at, occurred_at, now())
    from jsonb_to_recordset($2) as memory (
      id uuid, type text, text text, status text, user_id text, agent_id text, app_id text, conversation_id text, run_id text,
      metadata jsonb, group_ids uuid[], fact_type text, slot text, fingerprint text, supersedes uuid, superseded_by uuid, source_role text,
      source_event_ids text[], job_id uuid,
      occurred_at timestamptz, valid_from timestamptz, invalid_at timestamptz, tense text, last_said_at timestamptz
    )
    returning ${ownColumns}, null::uuid as "episodeId"`,
};

/** Stores memories in one statement. */
export async function insertMemories(
  sql: Sql,
  orgId: string,
  memories: readonly NewMemory[],
): Promise<Memory[]> {
  if (memories.length === 0) return [];
  return sql.query<Memory>(insertion, [orgId, JSON.stringify(memories)]);
}

/** One organisation's memory. */
export async function readMemory(sql: Sql, orgId: string, id: MemoryId): Promise<Memory | undefined> {
  const [memory] = await sql.query<Memory>(
    `select ${columns} from memlane.memory where id = $1 and org_id = $2`,
    [id, orgId],
  );
  return memory;
}

/** One organisation's memories with these ids, in any order. Unknown ids are left out. */
export async function readMemories(sql: Sql, orgId: string, ids: readonly MemoryId[]): Promise<Memory[]> {
  if (ids.length === 0) return [];
  return sql.query<Memory>(`select ${columns} from memlane.memory where id = any($1) and org_id = $2`, [
    ids,
    orgId,
  ]);
}

/**
 * Deletes a memory permanently, and its text in the result of the job that made it. Links the older revision to the newer one.
 * False if there is no such memory.
 */
export async function deleteMemory(sql: Sql, orgId: string, id: MemoryId): Promise<boolean> {
  const rows = await sql.query(
    `with deleted as (
       delete from memlane.memory
       where id = $1 and org_id = $2
       returning id, supersedes, superseded_by, job_id
     ), older_revisions as (
       update memlane.memory as memory
       set superseded_by = deleted.superseded_by
       from deleted
       where memory.superseded_by = deleted.id
     ), newer_revision as (
       update memlane.memory as memory
       set supersedes = deleted.supersedes
       from deleted
       where memory.id = deleted.superseded_by and memory.supersedes = deleted.id
     ), job_result as (
       update memlane.job
       set result = jsonb_set(result::jsonb, '{created}', (
         select coalesce(
           jsonb_agg(
             case reference ->> 'id' when $1::text then reference || '{"text": ""}' else reference end
             order by position
           ),
           '[]'
         )
         from jsonb_array_elements(result::jsonb -> 'created') with ordinality as created (reference, position)
       ))
       from deleted
       where job.id = deleted.job_id and job.org_id = $2 and job.result is not null
     )
     select id from deleted`,
    [id, orgId],
  );
  return rows.length > 0;
}

/** Which memories to list or to search. A missing field allows every value. */
export interface MemoryFilter {
  readonly userId?: string | null | undefined;
  readonly agentId?: string | null | undefined;
  readonly appId?: string | null | undefined;
  readonly conversationId?: string | null | undefined;
  readonly runId?: string | null | undefined;
  readonly types?: readonly MemoryType[] | null | undefined;
  /** Memories that are in any of these groups. */
  readonly groupIds?: readonly GroupId[] | null | undefined;
  readonly status?: Memory["status"];
  /** Memories whose metadata contain all of this. */
  readonly metadata?: JsonObject | null | undefined;
}

/** The filter as a SQL condition. Its parameters start with `$1`, the organisation. */
export function conditionsOf(orgId: string, filter: MemoryFilter): { where: string; parameters: unknown[] } {
  const parameters: unknown[] = [orgId];
  const conditions = ["org_id = $1"];
  const narrow = (condition: string, value: unknown) => {
    if (value === undefined || value === null) return;
    parameters.push(value);
    conditions.push(condition.replace("?", `$${parameters.length}`));
  };
  narrow("user_id = ?", filter.userId);
  narrow("agent_id = ?", filter.agentId);
  narrow("app_id = ?", filter.appId);
  narrow("conversation_id = ?", filter.conversationId);
  narrow("run_id = ?", filter.runId);
  narrow("type = any(?)", filter.types);
  narrow("status = ?", filter.status);
  // Here and below, the second condition lets the planner use the index.
  narrow("group_ids && ?::uuid[] and group_ids <> '{}'", filter.groupIds);
  const { metadata } = filter;
  if (metadata && Object.keys(metadata).length > 0) {
    narrow("metadata @> ? and metadata <> '{}'", JSON.stringify(metadata));
  }
  return { where: conditions.join(" and "), parameters };
}

/** SQL: the approximate size of a memory in an answer. PostgreSQL reads these lengths without decompressing the values. */
export const bytes = `octet_length(text) + pg_column_size(metadata) + pg_column_size(source_event_ids) + case when type = 'artifact' then coalesce((
    select octet_length(full_content) from memlane.artifact where memory_id = memory.id
  ), 0) else 0 end as bytes`;

/** A page of memories by the order of their creation, superseded ones included. */
export async function pageMemories(
  sql: Sql,
  orgId: string,
  filter: MemoryFilter,
  page: PageRequest<MemoryId>,
): Promise<Page<Memory>> {
  const { where, parameters } = conditionsOf(orgId, filter);
  const { beyond, direction } = keysetOf(page, parameters);
  const select = `select ${columns}, ${bytes} from memlane.memory where ${where} ${beyond}`;
  return readPage<Memory>(sql, { select, parameters, direction, limit: page.limit });
}

/** Memories from `offset` on, superseded ones included. The memory that was said most recently comes first. */
export async function listMemories(
  sql: Sql,
  orgId: string,
  filter: MemoryFilter,
  { limit, offset }: { readonly limit: number; readonly offset: number },
): Promise<Memory[]> {
  const { where, parameters } = conditionsOf(orgId, filter);
  return sql.query<Memory>(
    `select ${columns}
     from memlane.memory
     where ${where}
     order by last_said_at desc, id desc
     limit $${parameters.push(limit)}
     offset $${parameters.push(offset)}`,
    parameters,
  );
}

/** How many memories match a filter. */
export async function countMemories(sql: Sql, orgId: string, filter: MemoryFilter): Promise<number> {
  const { where, parameters } = conditionsOf(orgId, filter);
  const [row] = await sql.query<{ total: number }>(
    `select count(*)::integer as total from memlane.memory where ${where}`,
    parameters,
  );
  return row!.total;
}
