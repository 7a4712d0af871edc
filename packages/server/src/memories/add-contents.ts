import type { Memory } from "@memlane/core/internal";
import type { Sql } from "../database/database.ts";
import { readContents } from "../store/artifacts.ts";

/** Adds the whole content to each artifact and each verbatim memory among these memories. */
export async function addContents(
  sql: Sql,
  orgId: string,
  memories: readonly Memory[],
): Promise<readonly Memory[]> {
  const ids = memories.flatMap(({ id, artifact }) => (artifact == null ? [] : [id]));
  const contents = await readContents(sql, orgId, ids);
  return memories.map((memory) => ({
    ...memory,
    fullContent: memory.isVerbatim ? memory.text : contents.get(memory.id),
  }));
}
