import * as z from "zod/mini";
import { factWire } from "./fact.ts";
import { count, textOrNull as text } from "../dialect/answer-fields.ts";
import { openWord } from "../dialect/open-word.ts";
import { memoryIds } from "../ids/id.ts";
import type { Memory } from "../memory/memory.ts";

const metadata = z._default(z.record(z.string(), z.unknown()), {});

/** A memory as the batch dialect writes it; lists leave `facts` out. */
export const batchMemoryWire = z.object({
  id: z.string(),
  content: z.string(),
  /** The user that the memory is about. */
  user_id: text,
  agent_id: text,
  /** The agent run that wrote it. */
  run_id: text,
  metadata,
  /** When it happened: the `timestamp` that it was sent with, or the date of its message. Null if there was none. */
  occurred_at: text,
  /** In ISO 8601, like `updated_at` and `occurred_at`. */
  created_at: z.string(),
  updated_at: text,
});
/** A memory in the wire format of the batch dialect. */
export interface BatchMemoryWire extends z.output<typeof batchMemoryWire> {}

/** Whether the facts of a memory are still to be mined, were mined, or could not be mined. */
export const miningStatuses = ["processing", "ready", "error"] as const;
/** Whether the facts of a memory are mined. */
export type MiningStatus = (typeof miningStatuses)[number];

/** A memory with the facts that were found in it. */
export const batchMemoryWithFactsWire = z.extend(batchMemoryWire, {
  /** Empty while `status` is `processing`. */
  facts: z._default(z.array(factWire), []),
  status: z._default(openWord(miningStatuses), "ready"),
});
/** A memory with its facts, in the wire format of the batch dialect. */
export interface BatchMemoryWithFactsWire extends z.output<typeof batchMemoryWithFactsWire> {}

/** What happened to a memory and to its facts, oldest first; our server has the newest 500. */
export const memoryHistoryWire = z.object({
  id: z.string(),
  events: z.array(
    z.object({
      event: openWord(["created", "updated", "fact_extracted", "fact_invalidated", "deleted"]),
      at: z.string(),
      /** The fact as one line: its subject, predicate and object. */
      fact: z.optional(z.nullable(z.string())),
      fact_id: z.optional(z.nullable(z.string())),
    }),
  ),
});
/** The history of a memory in the wire format of the batch dialect. */
export interface MemoryHistoryWire extends z.output<typeof memoryHistoryWire> {}

/** A page of memories, newest first by `created_at`. */
export const batchMemoryPageWire = z.object({ memories: z.array(batchMemoryWire), total: count });

/** The answer to a search. */
export const batchSearchWire = z.object({
  results: z.array(
    z.object({
      id: z.string(),
      score: z.number(),
      snippet: z.string(),
      /** Only a message of a conversation has this field: its words as they were sent. */
      quote: z.optional(z.string()),
      user_id: text,
      agent_id: text,
      metadata,
      occurred_at: text,
    }),
  ),
  /** The ranking: by words, or by words and meaning; absent if the server does not send it. */
  ranking: z.optional(openWord(["text", "hybrid"])),
});

/** The result of a search in the wire format of the batch dialect. */
export interface BatchSearchWire extends z.output<typeof batchSearchWire> {}

/** The answer to a deletion. */
export const batchDeletionWire = z.object({
  id: z.string(),
  status: openWord(["forgotten"]),
  facts_invalidated: count,
  /** The event in the audit log; null if the server does not send it. */
  audit_id: text,
});
/** The answer to a deletion in the wire format of the batch dialect. */
export interface BatchDeletionWire extends z.output<typeof batchDeletionWire> {}

/** Prints a memory that a search found. */
export function printFoundBatchMemory(
  memory: Memory & { readonly score: number },
  snippet: string,
): z.input<typeof batchSearchWire>["results"][number] {
  return {
    id: memoryIds.print(memory.id),
    score: memory.score,
    snippet,
    ...(memory.quote !== undefined && { quote: memory.quote }),
    user_id: memory.userId,
    agent_id: memory.agentId,
    metadata: memory.metadata,
    occurred_at: memory.occurredAt?.toISOString() ?? null,
  };
}

/** Prints a memory. */
export function printBatchMemory(memory: Memory): BatchMemoryWire {
  return {
    id: memoryIds.print(memory.id),
    content: memory.text,
    user_id: memory.userId,
    agent_id: memory.agentId,
    run_id: memory.runId,
    metadata: memory.metadata,
    occurred_at: memory.occurredAt?.toISOString() ?? null,
    created_at: memory.createdAt.toISOString(),
    updated_at: memory.updatedAt.toISOString(),
  };
}
