// Writes, reads, lists and deletes memories.
import type { GroupId, MemoryId, MemoryType } from "@memlane/core";
import type { JsonObject, Memory } from "@memlane/core/internal";
import type { Sql } from "../database/database.ts";
import { isActive } from "./active-memory.ts";
import { blankReferences } from "./blank-references.ts";
import { isBatchMemory } from "./is-batch-memory.ts";
import { bytes, columns, insertion, readInsertion, type NewMemory } from "./memory-columns.ts";
import { keysetOf, readPage, type Page, type PageRequest } from "./page-by-bytes.ts";

/** Stores memories in one statement. */
export async function insertMemories(sql: Sql, orgId: string, memories: readonly NewMemory[]): Promise<void> {
  if (memories.length > 0) await sql.query(insertion, parametersOf(orgId, memories));
}

/** Stores memories in one statement, and returns them as they are read. */
export async function insertAndReadMemories(
  sql: Sql,
  orgId: string,
  memories: readonly NewMemory[],
): Promise<Memory[]> {
  return memories.length === 0 ? [] : sql.query<Memory>(readInsertion, parametersOf(orgId, memories));
}

function parametersOf(orgId: string, memories: readonly NewMemory[]): readonly unknown[] {
  const rows = memories.map(({ triple, ...memory }) => ({ ...memory, ...triple }));
  return [orgId, JSON.stringify(rows)];
}

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
  if (filter.withoutMinedFacts === true) conditions.push(isBatchMemory);
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

/** The condition of a page of a list. */
interface PageCondition {
  /** The name under which the statement is prepared. */
  readonly name: string | undefined;
  readonly where: string;
  readonly parameters: unknown[];
}

/**
 * Which rows a page is of. The statements for the newest rows of an organisation or of a user are prepared, because planning them
 * takes longer than running them; so their parameters are written as selects. The plans of other pages suit their values.
 */
export function conditionOfPage(
  rows: "memories" | "episodes",
  orgId: string,
  filter: MemoryFilter,
  { order, after }: PageRequest<MemoryId>,
): PageCondition {
  const { userId, ...others } = filter;
  const isNarrower = Object.values(others).some(
    (value) => value !== undefined && value !== null && value !== false,
  );
  if (isNarrower || order !== "newest" || after !== undefined)
    return { name: undefined, ...conditionsOf(orgId, filter) };
  const ofOrg = "org_id = (select $1::text)";
  if (userId === undefined || userId === null)
    return { name: `page ${rows}`, where: ofOrg, parameters: [orgId] };
  const where = `${ofOrg} and user_id = (select $2::text)`;
  return { name: `page ${rows} of user`, where, parameters: [orgId, userId] };
}

/** A page of memories by the order of their creation, superseded ones included. */
export async function pageMemories(
  sql: Sql,
  orgId: string,
  filter: MemoryFilter,
  page: PageRequest<MemoryId>,
): Promise<Page<Memory>> {
  const { name, where, parameters } = conditionOfPage("memories", orgId, filter, page);
  const { beyond, direction } = keysetOf(page, parameters);
  const select = `select ${columns}, ${bytes} from memlane.memory where ${where} and ${isKept} ${beyond}`;
  return readPage<Memory>(sql, { name, select, parameters, direction, limit: page.limit });
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
