import type { IngestMemoryWire } from "@memlane/core";
import type { CallToolResult } from "@modelcontextprotocol/server";
import type * as z from "zod";
import { describeMemory, type memoriesOutput } from "./describe-memory.ts";
import { fitAnswer } from "./fit-answer.ts";
import { answerTokensOf, type MemoryAccess } from "./memory-access.ts";

/** The answer of a tool that returns memories: as many as fit, and how many did not. */
export function answerMemories(
  access: MemoryAccess,
  memories: readonly IngestMemoryWire[],
  textIfNone: string,
  nextCursor?: string | null,
): CallToolResult {
  const { lines, fields, leftOut } = fitAnswer(memories.map(describeMemory), answerTokensOf(access));
  const structuredContent: z.output<typeof memoriesOutput> = {
    memories: [...fields],
    left_out: leftOut,
    ...(nextCursor && leftOut === 0 && { next_cursor: nextCursor }),
  };
  const text = memories.length === 0 ? [textIfNone] : [...lines];
  if (leftOut > 0) text.push(`(${leftOut} more did not fit: ask for something narrower, or for fewer)`);
  else if (nextCursor) text.push(`(more: call again with cursor ${nextCursor})`);
  return { content: [{ type: "text", text: text.join("\n") }], structuredContent };
}
