import type { Client } from "@memlane/core";
import { tool, type Tool } from "ai";
import type * as z from "zod";
import type { MemoryToolsOptions } from "./memory-tools-options.ts";
import { saveMemoryTool } from "./tool-definitions.ts";

/** A memory that was stored. */
export interface SavedMemory {
  readonly id: string;
}

/** A tool that stores memories of one user. */
export function createSaveMemory(
  { memories }: Pick<Client, "memories">,
  { userId, agentId }: MemoryToolsOptions,
): Tool<z.infer<typeof saveMemoryTool.input>, SavedMemory> {
  return tool({
    description: saveMemoryTool.description,
    inputSchema: saveMemoryTool.input,
    async execute({ content }, { abortSignal: signal, toolCallId }): Promise<SavedMemory> {
      const { id } = await memories.create(
        { content, user_id: userId, agent_id: agentId, metadata: { tool_call_id: toolCallId } },
        { signal },
      );
      return { id };
    },
  });
}
