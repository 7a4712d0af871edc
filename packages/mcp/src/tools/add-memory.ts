import type { McpServer } from "@modelcontextprotocol/server";
import * as z from "zod";
import { spellMemoryId } from "../describe-memory.ts";
import { describeErrors } from "../describe-errors.ts";
import { scopeOf, type MemoryAccess } from "../memory-access.ts";

const input = z.object({
  text: z
    .string()
    .trim()
    .min(1)
    .max(16_000)
    .describe("One fact in one complete sentence that can be understood alone, or a short note."),
  date: z
    .string()
    .regex(/^\d{4}-\d{2}-\d{2}(?:T.{1,40})?$/)
    .optional()
    .describe("When it happened or became true, in ISO 8601, such as 2026-03-01, if it is not today."),
});
const output = z.object({ id: z.string().describe("For forget_memory."), date: z.string() });

/** Adds `add_memory`. */
export function addAddMemory(server: McpServer, access: MemoryAccess): void {
  server.registerTool(
    "add_memory",
    {
      title: "Add a memory",
      description:
        "Remember one lasting fact or note about the user for later conversations: who they are, what they like, " +
        "what they decided. Not for what matters only now, not for secrets, and not for what is remembered already.",
      inputSchema: input,
      outputSchema: output,
      annotations: {
        readOnlyHint: false,
        destructiveHint: false,
        idempotentHint: false,
        openWorldHint: false,
      },
    },
    describeErrors(access, async ({ text, date }, { mcpReq: { signal } }) => {
      const stored = await access.client.memories.create(
        { ...scopeOf(access), content: text, metadata: { source: "mcp" }, ...(date && { timestamp: date }) },
        { signal },
      );
      const fields = { id: spellMemoryId(stored.id), date: stored.occurred_at ?? stored.created_at };
      return {
        content: [{ type: "text", text: `Remembered, with the id ${fields.id}.` }],
        structuredContent: fields,
      };
    }),
  );
}
