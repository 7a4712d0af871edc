import type { McpServer } from "@modelcontextprotocol/server";
import * as z from "zod";
import { describeErrors } from "../describe-errors.ts";
import { answerMemories } from "../answer-memories.ts";
import { memoriesOutput } from "../describe-memory.ts";
import { scopeOf, type MemoryAccess } from "../memory-access.ts";

const input = z.object({
  query: z.string().min(1).max(4000).describe("A question or a few words, such as: What does the user eat?"),
  limit: z.number().int().min(1).max(50).default(10).describe("How many memories at most."),
  type: z
    .enum(["fact", "episode"])
    .optional()
    .describe("Only facts, or only words of earlier conversations."),
});

/** Adds `search_memories`. */
export function addSearchMemories(server: McpServer, access: MemoryAccess): void {
  server.registerTool(
    "search_memories",
    {
      title: "Search memories",
      description:
        "Find what is remembered about the user from earlier conversations, best matches first, each with its date " +
        "and source. Use it before you answer anything that may depend on who the user is, what they like, or what " +
        "they said or decided before.",
      inputSchema: input,
      outputSchema: memoriesOutput,
      annotations: { readOnlyHint: true, openWorldHint: false },
    },
    describeErrors(access, async ({ query, limit, type }, { mcpReq: { signal } }) => {
      const { data } = await access.client.memories.search(
        { ...scopeOf(access), query, limit, mode: "retrieve", ...(type && { include: [type] }) },
        { signal },
      );
      return answerMemories(access, data, "Nothing is remembered that matches.");
    }),
  );
}
