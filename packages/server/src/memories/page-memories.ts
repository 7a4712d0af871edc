import type { MemoryId } from "@memlane/core";
import type { Memory } from "@memlane/core/internal";
import type { Sql } from "../database/database.ts";
import { pageEpisodes } from "../store/episodes.ts";
import { pageMemories as pageStored, type MemoryFilter } from "../store/memories.ts";
import { mergePages, type Page, type PageRequest } from "../store/page-by-bytes.ts";

/** A page of memories and episodes in the order of their creation, superseded ones included. */
export async function pageMemories(
  sql: Sql,
  orgId: string,
  filter: MemoryFilter,
  page: PageRequest<MemoryId>,
): Promise<Page<Memory>> {
  const stored = await pageStored(sql, orgId, filter, page);
  if (filter.types != null && !filter.types.includes("episode")) return stored;
  return mergePages([stored, await pageEpisodes(sql, orgId, filter, page)], page);
}
