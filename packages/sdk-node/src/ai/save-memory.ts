import type { Client } from "@memlane/core";
import { tool, type Tool } from "ai";
import * as z from "zod";
import type { MemoryToolsOptions } from "./memory-tools-options.ts";

const input = z.object({
  content: z
    .string()
    .min(1)
    .max(16_000)
    .describe(
      "One fact in one complete sentence that can be understood alone, such as: The user is allergic to nuts.",
    ),
});

/** A memory that was stored. */
export interface SavedMemory {
  readonly id: string;
}

/** A tool that stores memories of one user. */
export function createSaveMemory(
  { memories }: Pick<Client, "memories">,
  { userId, agentId }: MemoryToolsOptions,
): Tool<z.infer<typeof input>, SavedMemory> {
  return tool({
    description:
      "Remember one lasting fact about the user for later conversations: who they are, what they like, what they " +
      "decided. Not for what matters only in this conversation, and not for what is remembered already.",
    inputSchema: input,
    async execute({ content }, { abortSignal: signal, toolCallId }): Promise<SavedMemory> {
      const { id } = await memories.create(
        { content, user_id: userId, agent_id: agentId, metadata: { tool_call_id: toolCallId } },
        { signal },
      );
      return { id };
    },
  });
}
