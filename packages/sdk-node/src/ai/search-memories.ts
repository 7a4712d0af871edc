import type { Client } from "@memlane/core";
import { tool, type Tool } from "ai";
import * as z from "zod";
import type { MemoryToolsOptions } from "./memory-tools-options.ts";

const input = z.object({
  query: z.string().min(1).max(4000).describe("A question or a few words, such as: What does the user eat?"),
});

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
): Tool<z.infer<typeof input>, FoundMemory[]> {
  return tool({
    description:
      "Search what is remembered about the user from earlier conversations. Use it before you answer anything that " +
      "may depend on who the user is, what they like, or what they said before.",
    inputSchema: input,
    async execute({ query }, { abortSignal: signal }): Promise<FoundMemory[]> {
      const { data } = await memories.search(
        { query, user_id: userId, agent_id: agentId, limit, mode: "retrieve" },
        { signal },
      );
      return data.map(({ text, created_at }) => ({ text, created_at }));
    },
  });
}
