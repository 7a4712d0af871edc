import type { Client } from "@memlane/core";
import type { MemoryToolsOptions } from "./memory-tools-options.ts";

/** A memory as a model needs it. */
export interface FoundMemory {
  readonly text: string;
  /** When it was stored, in ISO 8601. */
  readonly created_at: string;
}

/** Finds memories of one user for a model. */
export async function findMemories(
  { memories }: Pick<Client, "memories">,
  { userId, agentId, limit = 10 }: MemoryToolsOptions,
  query: string,
  signal: AbortSignal | undefined,
): Promise<FoundMemory[]> {
  const scope = { user_id: userId, agent_id: agentId };
  const { data } = await memories.search({ query, ...scope, limit, mode: "retrieve" }, { signal });
  return data.map(({ text, created_at }) => ({ text, created_at }));
}
