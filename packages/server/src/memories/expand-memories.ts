import type { MemoryId } from "@memlane/core";
import type { Expansion, Memory } from "@memlane/core/internal";
import type { Sql } from "../database/database.ts";
import { readEpisodes } from "../store/episodes.ts";
import { readMemories, type MemoryFilter } from "../store/memories.ts";

/** The most related memories of one answer. */
const mostRelated = 200;

/** The related memories of a memory, by kind. */
export type Expanded = Partial<Record<Expansion, readonly Memory[]>>;

const relatedIds: Readonly<Record<Expansion, (memory: Memory) => readonly MemoryId[]>> = {
  facts: ({ episode, artifact, minedFactIds }) =>
    episode?.factIds ?? artifact?.sourceFactIds ?? minedFactIds ?? [],
  episodes: ({ id, episodeId }) => (episodeId == null || episodeId === id ? [] : [episodeId]),
  artifacts: ({ episode, artifactIds }) => episode?.artifactIds ?? artifactIds ?? [],
};

/** Reads the related memories of each memory. Leaves out those that the filter does not allow to see. */
export async function expandMemories(
  sql: Sql,
  orgId: string,
  memories: readonly Memory[],
  { kinds, filter }: { readonly kinds: readonly Expansion[]; readonly filter: MemoryFilter },
): Promise<readonly Expanded[]> {
  const wanted = memories.flatMap((memory) => kinds.flatMap((kind) => relatedIds[kind](memory)));
  const ids = [...new Set(wanted)].slice(0, mostRelated);
  const read = [...(await readMemories(sql, orgId, ids)), ...(await readEpisodes(sql, orgId, ids))];
  const related = new Map(read.filter((memory) => isWithin(memory, filter)).map((each) => [each.id, each]));
  return memories.map((memory) =>
    Object.fromEntries(
      kinds.map((kind) => [kind, relatedIds[kind](memory).flatMap((id) => related.get(id) ?? [])]),
    ),
  );
}

function isWithin(memory: Memory, { userId, agentId, appId, groupIds }: MemoryFilter): boolean {
  const isForgotten = memory.isVerbatim && memory.status !== "active";
  return (
    !isForgotten &&
    (userId == null || memory.userId === userId) &&
    (agentId == null || memory.agentId === agentId) &&
    (appId == null || memory.appId === appId) &&
    (groupIds == null || groupIds.some((id) => memory.groupIds.includes(id)))
  );
}
