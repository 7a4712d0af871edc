import { MemlaneError, type GroupId, type MemoryId } from "@memlane/core";
import { maximumGroupsOfMemory } from "@memlane/core/internal";
import type { Sql } from "../database/database.ts";
import { readActiveGroups } from "../store/groups.ts";
import { lockTags, saveTags, saveTagsOfMessages } from "../store/tags.ts";

/** The groups to add to a memory and to remove from it. */
export interface GroupChange {
  readonly orgId: string;
  readonly memoryId: MemoryId;
  readonly added: readonly GroupId[];
  readonly removed: readonly GroupId[];
}

/**
 * Removes groups from a memory and then adds others, in the transaction of `sql`. The messages of an episode get the groups of the
 * episode. False if there is no such memory.
 *
 * @throws MemlaneError `invalid_group_ids` if an added group is unknown or archived, `invalid_request` if there are too many
 */
export async function changeGroups(
  sql: Sql,
  { orgId, memoryId, added, removed }: GroupChange,
): Promise<boolean> {
  const tags = await lockTags(sql, orgId, memoryId);
  if (tags === undefined) return false;
  const active = await readActiveGroups(sql, orgId, added);
  if (active.length < new Set(added).size) {
    const message = "an id in add_group_ids is unknown, or its group is archived";
    throw new MemlaneError({ code: "invalid_group_ids", message });
  }
  const kept = tags.groupIds.filter((id) => !removed.includes(id));
  const groupIds = [...new Set([...kept, ...added])];
  if (groupIds.length > maximumGroupsOfMemory) {
    const message = `a memory can be in at most ${maximumGroupsOfMemory} groups`;
    throw new MemlaneError({ code: "invalid_request", message });
  }
  await saveTags(sql, orgId, memoryId, { table: tags.table, groupIds });
  if (tags.table === "episode") await saveTagsOfMessages(sql, orgId, memoryId, groupIds);
  return true;
}
