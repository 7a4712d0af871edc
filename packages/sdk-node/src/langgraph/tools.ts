import { tool, type StructuredToolInterface } from "@langchain/core/tools";
import type { Client } from "@memlane/core";
import { findMemories } from "../ai/find-memories.ts";
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
 * import { ToolNode } from "@langchain/langgraph/prebuilt";
 * import { langgraphTools } from "@memlane/sdk-node/langgraph";
 *
 * const tools = new ToolNode([...langgraphTools(client, { userId: "ann" })]);
 */
export function langgraphTools(
  client: Pick<Client, "memories">,
  options: MemoryToolsOptions,
): LanggraphTools {
  const { userId, agentId } = options;
  const searchMemories = tool(
    async ({ query }, { signal }) => JSON.stringify(await findMemories(client, options, query, signal)),
    {
      name: "search_memories",
      description: searchMemoriesTool.description,
      schema: searchMemoriesTool.input,
    },
  );
  const saveMemory = tool(
    async ({ content }, { signal }) => {
      const memory = { content, user_id: userId, agent_id: agentId };
      const { id } = await client.memories.create(memory, { signal });
      return JSON.stringify({ id });
    },
    { name: "save_memory", description: saveMemoryTool.description, schema: saveMemoryTool.input },
  );
  return [searchMemories, saveMemory];
}
