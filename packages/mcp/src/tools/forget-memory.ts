import { MemlaneError, type IngestMemoryWire } from "@memlane/core";
import {
  inputRequired,
  inputResponse,
  type CallToolResult,
  type McpServer,
} from "@modelcontextprotocol/server";
import * as z from "zod";
import { describeErrors } from "../describe-errors.ts";
import { declaresElicitation } from "../client-capabilities.ts";
import { describeMemory } from "../describe-memory.ts";
import type { MemoryAccess } from "../memory-access.ts";

const input = z.object({
  id: z.string().min(1).max(100).describe("The id of the memory, from search_memories or list_memories."),
  confirmation: z
    .string()
    .max(100)
    .optional()
    .describe("Only if an earlier answer of this tool gave one, and the user has agreed since."),
});
const output = z.object({
  id: z.string(),
  status: z.enum(["forgotten", "kept", "needs_confirmation"]),
  text: z.string().describe("The memory."),
  confirmation: z.string().optional(),
});

/** Adds `forget_memory`, which deletes a memory only after the user has agreed. */
export function addForgetMemory(server: McpServer, access: MemoryAccess): void {
  const { memories } = access.client;
  server.registerTool(
    "forget_memory",
    {
      title: "Forget a memory",
      description:
        "Delete one memory permanently. The user is asked first. If the client cannot ask, nothing is deleted at " +
        "first: the answer contains the memory and a confirmation. Show the user the memory, and call again with the " +
        "confirmation only if they agree.",
      inputSchema: input,
      outputSchema: output,
      annotations: { readOnlyHint: false, destructiveHint: true, idempotentHint: true, openWorldHint: false },
    },
    describeErrors(access, async ({ id, confirmation }, context) => {
      const { signal, inputResponses } = context.mcpReq;
      const memory = await memories.get(id, { signal });
      if (memory.user_id !== access.userId) {
        throw new MemlaneError({ code: "memory_not_found", message: "there is no such memory" });
      }
      if (declaresElicitation(context, server.server.getClientCapabilities())) {
        const answer = inputResponse(inputResponses, "forget");
        if (answer.kind !== "elicit") return ask(memory);
        if (answer.action !== "accept" || answer.content?.["forget"] !== true) {
          return answerWith(memory, "kept", "The user did not agree: the memory is kept.");
        }
      } else {
        const expected = await confirmationOf(memory);
        const text = `Nothing is deleted yet. Ask the user whether this may be forgotten, and if they agree, call again with the confirmation ${expected}.`;
        if (confirmation !== expected) return answerWith(memory, "needs_confirmation", text, expected);
      }
      await memories.delete(memory.id, { signal });
      return answerWith(memory, "forgotten", "Forgotten.");
    }),
  );
}

function ask(memory: IngestMemoryWire) {
  const { fields } = describeMemory(memory);
  return inputRequired({
    inputRequests: {
      forget: inputRequired.elicit({
        message: `Forget this permanently? “${fields.text}” (${fields.date}, ${fields.source})`,
        requestedSchema: {
          type: "object",
          properties: { forget: { type: "boolean", title: "Forget it", default: false } },
          required: ["forget"],
        },
      }),
    },
  });
}

function answerWith(
  memory: IngestMemoryWire,
  status: z.output<typeof output>["status"],
  message: string,
  confirmation?: string,
): CallToolResult {
  const { line, fields } = describeMemory(memory);
  return {
    content: [{ type: "text", text: `${message}\n${line}` }],
    structuredContent: { id: fields.id, status, text: fields.text, ...(confirmation && { confirmation }) },
  };
}

/** A code that only a reader of the earlier answer has, and that no longer fits after the memory has changed. */
async function confirmationOf({ id, text }: IngestMemoryWire): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(`forget ${id} ${text}`));
  return [...new Uint8Array(digest).subarray(0, 4)]
    .map((byte) => byte.toString(16).padStart(2, "0"))
    .join("");
}
