import type { McpServer } from "@modelcontextprotocol/server";
import * as z from "zod";
import { answerTokensOf, type MemoryAccess } from "./memory-access.ts";
import { recallContext } from "./recall-context.ts";

/** Adds the prompt `with_memory`: a task, with what is remembered about it and how to use the tools. */
export function addPrompt(server: McpServer, access: MemoryAccess): void {
  server.registerPrompt(
    "with_memory",
    {
      title: "With memory",
      description: "Start a task with what is remembered about it.",
      argsSchema: z.object({ task: z.string().min(1).max(2000).describe("What you want to do.") }),
    },
    async ({ task }, { mcpReq: { signal } }) => {
      const tokenBudget = Math.min(800, answerTokensOf(access) / 2);
      const { text: known } = await recallContext(access, { query: task, tokenBudget, signal });
      const text = [
        task,
        known === "" ? "Nothing is remembered yet about this." : `What you remember:\n\n${known}`,
        "If you need more of it, call search_memories." +
          (access.isReadOnly
            ? ""
            : " If I tell you something lasting about myself, remember it with add_memory. When we are done, store " +
              "our conversation with add_conversation."),
      ].join("\n\n");
      return { messages: [{ role: "user", content: { type: "text", text } }] };
    },
  );
}
