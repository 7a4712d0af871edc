// The tags of memories: the groups that share them.
import type { GroupId, MemoryId } from "@memlane/core";
import type { Sql } from "../database/database.ts";

const tables = ["memory", "message", "episode"] as const;

/** The tags of a memory, and where they are stored. */
export interface Tags {
  readonly table: (typeof tables)[number];
  readonly groupIds: readonly GroupId[];
}

/** Reads and locks the tags of a memory, an episode or a message. Undefined if there is none. */
export async function lockTags(sql: Sql, orgId: string, id: MemoryId): Promise<Tags | undefined> {
  for (const table of tables) {
    const [row] = await sql.query<Pick<Tags, "groupIds">>(
      `select group_ids as "groupIds" from memlane.${table} where id = $1 and org_id = $2 for update`,
      [id, orgId],
    );
    if (row !== undefined) return { table, groupIds: row.groupIds };
  }
  return undefined;
}

/** Replaces the tags of a memory. */
export async function saveTags(
  sql: Sql,
  orgId: string,
  id: MemoryId,
  { table, groupIds }: Tags,
): Promise<void> {
  await sql.query(`update memlane.${table} set group_ids = $3 where id = $1 and org_id = $2`, [
    id,
    orgId,
    groupIds,
  ]);
}

/** Replaces the tags of all messages of an episode. */
export async function saveTagsOfMessages(
  sql: Sql,
  orgId: string,
  episodeId: MemoryId,
  groupIds: readonly GroupId[],
): Promise<void> {
  await sql.query("update memlane.message set group_ids = $3 where episode_id = $1 and org_id = $2", [
    episodeId,
    orgId,
    groupIds,
  ]);
}

/** Tags to add to a stored memory. */
export interface AddedTags {
  readonly id: MemoryId;
  readonly group_ids: readonly GroupId[];
}

/** Adds tags to memories. A memory keeps the tags that it has, and gets at most `mostTags` in all. */
export async function addTags(
  sql: Sql,
  orgId: string,
  added: readonly AddedTags[],
  mostTags: number,
): Promise<void> {
  if (added.length === 0) return;
  await sql.query(
    `update memlane.memory
     set group_ids = (memory.group_ids || array(
       select unnest(added.group_ids) except select unnest(memory.group_ids)
     ))[1:$3]
     from jsonb_to_recordset($2) as added (id uuid, group_ids uuid[])
     where org_id = $1 and memory.id = added.id and not memory.group_ids @> added.group_ids`,
    [orgId, JSON.stringify(added), mostTags],
  );
}
