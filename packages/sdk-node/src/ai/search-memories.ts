import type { Client } from "@memlane/core";
import { tool, type Tool } from "ai";
import type * as z from "zod";
import type { MemoryToolsOptions } from "./memory-tools-options.ts";
import { searchMemoriesTool } from "./tool-definitions.ts";

/** A memory as a model needs it. */
export interface FoundMemory {
  readonly text: string;
  /** When it was stored, in ISO 8601. */
  readonly created_at: string;
}

/** A tool that finds memories of one user. */
export function createSearchMemories(
  { memories }: Pick<Client, "memories">,
  { userId, agentId, limit = 10 }: MemoryToolsOptions,
): Tool<z.infer<typeof searchMemoriesTool.input>, FoundMemory[]> {
  return tool({
    description: searchMemoriesTool.description,
    inputSchema: searchMemoriesTool.input,
    async execute({ query }, { abortSignal: signal }): Promise<FoundMemory[]> {
      const { data } = await memories.search(
        { query, user_id: userId, agent_id: agentId, limit, mode: "retrieve" },
        { signal },
      );
      return data.map(({ text, created_at }) => ({ text, created_at }));
    },
  });
}
