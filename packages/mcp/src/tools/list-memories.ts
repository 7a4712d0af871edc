import type { McpServer } from "@modelcontextprotocol/server";
import * as z from "zod";
import { describeErrors } from "../describe-errors.ts";
import { answerMemories } from "../answer-memories.ts";
import { memoriesOutput } from "../describe-memory.ts";
import { scopeOf, type MemoryAccess } from "../memory-access.ts";

const input = z.object({
  limit: z.number().int().min(1).max(50).default(10).describe("How many memories at most."),
  type: z.enum(["fact", "episode"]).optional().describe("Only facts, or only earlier conversations."),
  cursor: z.string().max(1000).optional().describe("The next_cursor of the answer before."),
});

/** Adds `list_memories`. */
export function addListMemories(server: McpServer, access: MemoryAccess): void {
  server.registerTool(
    "list_memories",
    {
      title: "List memories",
      description:
        "Page through everything that is remembered about the user, newest first. To answer a question, " +
        "search_memories is better.",
      inputSchema: input,
      outputSchema: memoriesOutput,
      annotations: { readOnlyHint: true, openWorldHint: false },
    },
    describeErrors(access, async (query, { mcpReq: { signal } }) => {
      const page = await access.client.memories.listPage(
        {
          ...scopeOf(access),
          limit: query.limit,
          ...(query.type && { type: query.type }),
          ...(query.cursor && { cursor: query.cursor }),
        },
        { signal },
      );
      return answerMemories(access, page.data, "Nothing is remembered yet.", page.next_cursor);
    }),
  );
}
