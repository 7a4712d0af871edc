import type { McpServer } from "@modelcontextprotocol/server";
import * as z from "zod";
import { describeErrors } from "../describe-errors.ts";
import { answerTokensOf, type MemoryAccess } from "../memory-access.ts";
import { recallContext } from "../recall-context.ts";

const output = z.object({
  context: z.string(),
  memories: z.number().describe("How many memories it contains."),
});

/** Adds the tool `get_context`. */
export function addGetContext(server: McpServer, access: MemoryAccess): void {
  // The text is in the answer twice, as content and as a field. 160 tokens are left for the rest of the answer.
  const mostTokens = Math.floor((answerTokensOf(access) - 160) / 2);
  const input = z.object({
    query: z.string().min(1).max(2000).describe("What the conversation or the task is about."),
    token_budget: z
      .number()
      .int()
      .min(50)
      .max(mostTokens)
      .default(Math.min(800, mostTokens))
      .describe("The largest size of the context, in tokens."),
  });
  server.registerTool(
    "get_context",
    {
      title: "Get context",
      description:
        "Get one block of Markdown with the facts about the user and the words of earlier conversations that matter " +
        "for a topic. Call it once at the start of a task or conversation.",
      inputSchema: input,
      outputSchema: output,
      annotations: { readOnlyHint: true, openWorldHint: false },
    },
    describeErrors(access, async ({ query, token_budget: tokenBudget }, { mcpReq: { signal } }) => {
      const { text, memoryIds } = await recallContext(access, { query, tokenBudget, signal });
      return {
        content: [{ type: "text", text: text || "Nothing is remembered yet about this." }],
        structuredContent: { context: text, memories: memoryIds.length },
      };
    }),
  );
}
