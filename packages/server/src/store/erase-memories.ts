// Deletes the messages and the memories of a user, of an agent or of an organisation, some at a time.
import type { MemoryId } from "@memlane/core";
import type { Sql } from "../database/database.ts";
import { isInScope, isSentBefore, type Erasure, type ErasureCounts } from "./erasures.ts";
import { isFact } from "./memories.ts";

/** Up to `limit` messages before `through`, newest first: then no remaining message has their words in its index. */
export async function listMessagesToErase(
  sql: Sql,
  erasure: Erasure,
  limit: number,
): Promise<readonly MemoryId[]> {
  const { orgId, name, requestedAt, through } = erasure;
  const rows = await sql.query<{ id: MemoryId }>(
    `select id
     from memlane.message
     where org_id = $1 and ${isInScope(erasure, "$2")} and ($3::uuid is null or id < $3)
       and exists (select from memlane.episode where episode.id = episode_id and ${isSentBefore("$4")})
     order by id desc
     limit $5`,
    [orgId, name, through, requestedAt, limit],
  );
  return rows.map(({ id }) => id);
}

/** Up to `limit` memories after `through`, locked in one order so that two deletions do not deadlock. */
export async function lockMemoriesToErase(
  sql: Sql,
  erasure: Erasure,
  limit: number,
): Promise<readonly MemoryId[]> {
  const { orgId, name, requestedAt, through } = erasure;
  const rows = await sql.query<{ id: MemoryId }>(
    `select id
     from memlane.memory
     where org_id = $1 and ${isInScope(erasure, "$2")} and ($3::uuid is null or id > $3) and ${isSentBefore("$4")}
     order by id
     limit $5
     for update`,
    [orgId, name, through, requestedAt, limit],
  );
  return rows.map(({ id }) => id);
}

/** Removes the links of other memories to these. */
export async function unlinkMemories(sql: Sql, orgId: string, ids: readonly MemoryId[]): Promise<void> {
  await sql.query(
    `update memlane.memory
     set superseded_by = null
     where org_id = $1 and superseded_by = any($2) and not id = any($2)`,
    [orgId, ids],
  );
  await sql.query(
    `update memlane.memory as newer
     set supersedes = null
     from memlane.memory as erased
     where erased.id = any($2) and newer.id = erased.superseded_by and newer.supersedes = erased.id
       and newer.org_id = $1 and not newer.id = any($2)`,
    [orgId, ids],
  );
}

/**
 * Deletes these memories with their vectors, sources and webhook deliveries. Returns how many of them were facts, how many not, and
 * how many deliveries were deleted.
 */
export async function deleteMemories(
  sql: Sql,
  orgId: string,
  ids: readonly MemoryId[],
): Promise<Pick<ErasureCounts, "facts" | "memories" | "deliveries">> {
  const [counts] = await sql.query<Pick<ErasureCounts, "facts" | "memories" | "deliveries">>(
    `with deleted as (
       delete from memlane.memory where id = any($2) and org_id = $1 returning ${isFact} as is_fact
     ), deliveries as (
       -- The foreign key would delete them, too, but not count them.
       delete from memlane.webhook_delivery where memory_id = any($2) and org_id = $1 returning id
     )
     select
       count(*) filter (where is_fact)::integer as facts,
       count(*) filter (where not is_fact)::integer as memories,
       (select count(*) from deliveries)::integer as deliveries
     from deleted`,
    [orgId, ids],
  );
  return counts!;
}

/** Whether an organisation has anything of an agent: memories, messages, or jobs that have not ended. */
export async function hasAgent(sql: Sql, orgId: string, agentId: string): Promise<boolean> {
  const [row] = await sql.query<{ found: boolean }>(
    `select
       exists (select from memlane.memory where org_id = $1 and agent_id = $2)
       or exists (select from memlane.message where org_id = $1 and agent_id = $2)
       or exists (
         select from memlane.job
         where org_id = $1 and state in ('queued', 'active') and (
           agent_id = $2 or kind = 'batch' and request is not null and exists (
             select from json_array_elements(request) as item where item ->> 'agent_id' = $2
           )
         )
       ) as found`,
    [orgId, agentId],
  );
  return row!.found;
}
