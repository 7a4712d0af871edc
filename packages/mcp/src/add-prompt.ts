import { estimateTokens } from "@memlane/core/internal";
import type { McpServer } from "@modelcontextprotocol/server";
import * as z from "zod";
import { describeErrors } from "./describe-errors.ts";
import { answerTokensOf, type MemoryAccess } from "./memory-access.ts";
import { recallContext } from "./recall-context.ts";

/** For the sentences around the task and what is remembered, and what the protocol adds to them. */
const frameTokens = 200;

/** Adds the prompt `with_memory`: a task, with what is remembered about it and how to use the tools. */
export function addPrompt(server: McpServer, access: MemoryAccess): void {
  server.registerPrompt(
    "with_memory",
    {
      title: "With memory",
      description: "Start a task with what is remembered about it.",
      argsSchema: z.object({ task: z.string().min(1).max(1500).describe("What you want to do.") }),
    },
    describeErrors(access, async ({ task }, { mcpReq: { signal } }) => {
      const tokenBudget = Math.min(800, answerTokensOf(access) - frameTokens - estimateTokens(task));
      // A negative budget has room for nothing. Then the model searches itself.
      const { text: known } = await recallContext(access, { query: task, tokenBudget, signal });
      const text = [
        task,
        known === "" ? "Nothing that is remembered is included here." : `What you remember:\n\n${known}`,
        "If you need more of it, call search_memories." +
          (access.isReadOnly
            ? ""
            : " If I tell you something lasting about myself, remember it with add_memory. When we are done, store " +
              "our conversation with add_conversation."),
      ].join("\n\n");
      return { messages: [{ role: "user", content: { type: "text", text } }] };
    }),
  );
}
