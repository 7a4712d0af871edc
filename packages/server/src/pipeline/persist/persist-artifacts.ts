import type { MemoryId, MemoryReference } from "@memlane/core";
import { maximumGroupsOfMemory } from "@memlane/core/internal";
import { newId } from "../../base/new-id.ts";
import type { Sql } from "../../database/database.ts";
import {
  insertArtifacts,
  lockArtifacts,
  type KnownArtifact,
  type NewArtifact,
} from "../../store/artifacts.ts";
import { retireMemories, type Retirement } from "../../store/fact-history.ts";
import type { NewMemory } from "../../store/memory-columns.ts";
import { addTags, type AddedTags } from "../../store/tags.ts";
import type { FoundArtifact } from "../artifacts/find-artifacts.ts";
import { columnsOfOwner, type InsertMemories, type MemoryOwner } from "./persist.ts";

const previewCharacters = 200;

/** What happened to the artifacts of a conversation. */
export interface PersistedArtifacts {
  readonly created: readonly MemoryReference[];
  /** Artifacts that were known before. */
  readonly updated: readonly MemoryReference[];
  readonly supersededBy: Readonly<Record<string, MemoryId>>;
  /** The memory of each artifact, with the position of its message. */
  readonly sources: readonly { readonly messageIndex: number; readonly memoryId: MemoryId }[];
}

/**
 * Stores artifacts, in the transaction of `sql`. An artifact with the same content as a known one is not stored again. One with the
 * same title and other content becomes its next version.
 */
export async function persistArtifacts(
  sql: Sql,
  owner: MemoryOwner,
  found: readonly FoundArtifact[],
  insertMemories: InsertMemories,
): Promise<PersistedArtifacts> {
  const { orgId, userId } = owner;
  // Only conversations have artifacts, and each has a user.
  if (found.length === 0 || userId === null)
    return { created: [], updated: [], supersededBy: {}, sources: [] };
  const known = await lockArtifacts(sql, orgId, userId, {
    titles: found.map(({ title }) => title),
    contents: found.map(({ content }) => content),
  });
  const updated = new Map<MemoryId, MemoryReference>();
  const memories: (NewMemory & MemoryReference)[] = [];
  const artifacts: NewArtifact[] = [];
  const retired: Retirement[] = [];
  const sources: { messageIndex: number; memoryId: MemoryId }[] = [];
  const tagged: AddedTags[] = [];
  for (const artifact of found) {
    const { title, rationale, content, messageIndex, groupIds } = artifact;
    const same = known.find((each) => each.content === content);
    if (same !== undefined) {
      if (!memories.some(({ id }) => id === same.id))
        updated.set(same.id, { id: same.id, type: "artifact", text: same.text });
      if (groupIds !== undefined) tagged.push({ id: same.id, group_ids: groupIds });
      sources.push({ messageIndex, memoryId: same.id });
      continue;
    }
    const id = newId() as MemoryId;
    const at = known.findIndex((each) => each.title === title);
    const before = known[at];
    const version = (before?.version ?? 0) + 1;
    const next: KnownArtifact = {
      id,
      text: `${title}: ${previewOf(content)}`,
      title,
      version,
      rootId: before?.rootId ?? id,
      content,
    };
    if (before === undefined) known.push(next);
    else {
      known[at] = next;
      const now = new Date().toISOString();
      retired.push({ id: before.id, status: "superseded", superseded_by: id, invalid_at: now });
    }
    memories.push({
      ...columnsOfOwner(owner),
      id,
      type: "artifact",
      text: next.text,
      group_ids: groupIds,
      supersedes: before?.id ?? null,
    });
    artifacts.push({ memory_id: id, title, rationale, full_content: content, version, root_id: next.rootId });
    sources.push({ messageIndex, memoryId: id });
  }
  await insertMemories(sql, memories);
  await insertArtifacts(sql, orgId, userId, artifacts);
  await addTags(sql, orgId, tagged, maximumGroupsOfMemory);
  await retireMemories(sql, orgId, retired); // also versions that this conversation made
  return {
    created: memories.map(({ id, type, text }) => ({ id, type, text })),
    updated: [...updated.values()],
    supersededBy: Object.fromEntries(retired.map((old) => [old.id, old.superseded_by])),
    sources,
  };
}

const previewOf = (content: string) =>
  content.replaceAll(/\s+/g, " ").trim().slice(0, previewCharacters).toWellFormed();
