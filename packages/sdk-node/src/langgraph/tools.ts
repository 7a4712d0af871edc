import { tool, type StructuredToolInterface } from "@langchain/core/tools";
import type { Client } from "@memlane/core";
import type { MemoryToolsOptions } from "../ai/memory-tools-options.ts";
import { saveMemoryTool, searchMemoriesTool } from "../ai/tool-definitions.ts";

/** Tools for a `ToolNode` or an agent. */
export type LanggraphTools = readonly [
  searchMemories: StructuredToolInterface,
  saveMemory: StructuredToolInterface,
];

/**
 * Tools with which a model searches and saves memories of one user.
 *
 * @example
 * const agent = createAgent({ model, tools: [...langgraphTools(client, { userId: "ann" })] });
 */
export function langgraphTools(
  { memories }: Pick<Client, "memories">,
  { userId, agentId, limit = 10 }: MemoryToolsOptions,
): LanggraphTools {
  const searchMemories = tool(
    async ({ query }, { signal }) => {
      const scope = { user_id: userId, agent_id: agentId };
      const { data } = await memories.search({ query, ...scope, limit, mode: "retrieve" }, { signal });
      return JSON.stringify(data.map(({ text, created_at }) => ({ text, created_at })));
    },
    {
      name: "search_memories",
      description: searchMemoriesTool.description,
      schema: searchMemoriesTool.input,
    },
  );
  const saveMemory = tool(
    async ({ content }, { signal }) => {
      const { id } = await memories.create({ content, user_id: userId, agent_id: agentId }, { signal });
      return JSON.stringify({ id });
    },
    { name: "save_memory", description: saveMemoryTool.description, schema: saveMemoryTool.input },
  );
  return [searchMemories, saveMemory];
}
