// Writes, reads, lists and deletes memories.
import type { GroupId, MemoryId, MemoryType } from "@memlane/core";
import type { JsonObject, Memory } from "@memlane/core/internal";
import type { Sql } from "../database/database.ts";
import { isActive } from "./active-memory.ts";
import { blankReferences } from "./blank-references.ts";
import { bytes, columns, insertion, verbatimInsertion, type NewMemory } from "./memory-columns.ts";
import { keysetOf, readPage, type Page, type PageRequest } from "./page-by-bytes.ts";

/** Stores memories in one statement. */
export async function insertMemories(
  sql: Sql,
  orgId: string,
  memories: readonly NewMemory[],
): Promise<Memory[]> {
  if (memories.length === 0) return [];
  const statement = memories.some(({ verbatim }) => verbatim) ? verbatimInsertion : insertion;
  const rows = memories.map(({ triple, ...memory }) => ({ ...memory, ...triple }));
  return sql.query<Memory>(statement, [orgId, JSON.stringify(rows)]);
}

/** SQL: whether it is no fact that was mined from a memory or added by a client. Those are no memories of the batch dialect. */
export const isNotMined = "(subject is null or conversation_id is not null)";

/** SQL: whether it is not a verbatim memory that was forgotten. Those are kept only as history. */
const isKept = "not (verbatim and status <> 'active')";

/** One organisation's memory. */
export async function readMemory(sql: Sql, orgId: string, id: MemoryId): Promise<Memory | undefined> {
  const [memory] = await sql.query<Memory>(
    `select ${columns} from memlane.memory where id = $1 and org_id = $2 and ${isKept}`,
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
 * Deletes a memory permanently, and its text in the result of the job that made it. Other memories must no longer be linked to it
 * (`unlinkMemories`). Returns its text; undefined if there is no such memory.
 */
export async function deleteMemory(
  sql: Sql,
  orgId: string,
  id: MemoryId,
): Promise<{ readonly text: string; readonly userId: string | null } | undefined> {
  const [deleted] = await sql.query<{ text: string; userId: string | null }>(
    `with deleted as (
       delete from memlane.memory
       where id = $1 and org_id = $2
       returning id, org_id, text, user_id, job_id
     ), blanked as (
       ${blankReferences}
     )
     select text, user_id as "userId" from deleted`,
    [id, orgId],
  );
  return deleted;
}

/** SQL: whether a memory is a fact. A verbatim memory is kept as it was sent. */
export const isFact = "(type = 'fact' and not verbatim)";

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
  /** @default false */
  readonly onlyActive?: boolean;
  /** Memories whose metadata have all of these keys, with the same values if both are printed as texts. */
  readonly metadata?: JsonObject | null | undefined;
  /** Leaves out the facts that are not from a conversation: the batch dialect does not list them as memories. @default false */
  readonly withoutMinedFacts?: boolean;
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
  // A verbatim memory keeps words, as an episode does. No other memory of this table is an episode.
  if (!filter.types?.includes("episode")) narrow("type = any(?) and not verbatim", filter.types);
  else if (filter.types.length > 1) narrow("(verbatim or type = any(?))", filter.types);
  else conditions.push("verbatim");
  if (filter.onlyActive === true) conditions.push(isActive);
  if (filter.withoutMinedFacts === true) conditions.push(isNotMined);
  // Here and below, the second condition lets the planner use the index.
  narrow("group_ids && ?::uuid[] and group_ids <> '{}'", filter.groupIds);
  const { metadata } = filter;
  if (metadata && Object.keys(metadata).length > 0) {
    narrow(
      "memlane.metadata_texts(metadata) @> memlane.metadata_texts(?) and metadata <> '{}'",
      JSON.stringify(metadata),
    );
  }
  return { where: conditions.join(" and "), parameters };
}

/** A page of memories by the order of their creation, superseded ones included. */
export async function pageMemories(
  sql: Sql,
  orgId: string,
  filter: MemoryFilter,
  page: PageRequest<MemoryId>,
): Promise<Page<Memory>> {
  const { where, parameters } = conditionsOf(orgId, filter);
  const { beyond, direction } = keysetOf(page, parameters);
  const select = `select ${columns}, ${bytes} from memlane.memory where ${where} and ${isKept} ${beyond}`;
  return readPage<Memory>(sql, { select, parameters, direction, limit: page.limit });
}

/** Memories from `offset` on, superseded ones included, newest first. */
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
     order by id desc
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
