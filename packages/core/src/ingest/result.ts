import * as z from "zod/mini";
import { openWord } from "../dialect/open-word.ts";
import { memoryTypes } from "../memory/memory.ts";

/** The outcome of a message: the first of these words that applies to any part of it. */
export const messageOutcomes = ["failed", "superseded", "stored", "duplicate", "skipped", "nothing"] as const;
/** One of these outcomes; `MessageReport` explains them. */
export type MessageOutcome = (typeof messageOutcomes)[number];

const count = z.int().check(z.gte(0));

// The only definition of a result's fields. Our own type, the codec, the Effect schema and the
// arbitraries are made from it. The browser's reader does not compile if it lacks a field. A field
// has a default if a server of this dialect may leave it out: the seed's example of a result has no
// `type` on its memories and no `ignored_group_ids`.
/** The fields of a result in the wire format, with these schemas for its parts. */
export const ingestResultOf = <
  MemoryId extends z.ZodMiniType,
  MemoryIds extends z.ZodMiniType,
  MemoryType extends z.ZodMiniType,
  Outcome extends z.ZodMiniType,
>(leaf: {
  readonly memoryId: MemoryId;
  readonly memoryIds: MemoryIds;
  readonly memoryType: MemoryType;
  readonly outcome: Outcome;
}) => {
  const reference = z.object({ id: leaf.memoryId, type: leaf.memoryType, text: z.string() });
  return z.object({
    object: z._default(z.literal("ingest_result"), "ingest_result"),
    /** The new memories, and the episode that keeps the conversation. */
    memories_created: z._default(z.array(reference), []),
    /** Known memories that the conversation made more precise. */
    memories_updated: z._default(z.array(reference), []),
    /** The id of each memory that is no longer valid, and of the one that replaced it. */
    memories_superseded_by: leaf.memoryIds,
    /** Seconds spent in each stage of the pipeline. */
    stage_timings: z._default(z.record(z.string(), z.number()), {}),
    /** The extractor that read the conversation, and what it left out; absent if the server does not send it. */
    extractor: z.optional(
      z.object({
        /** Such as `offline` or `llm`. */
        name: z.string(),
        /** The model it used; absent if it uses none. */
        model: z.optional(z.string()),
        /** Its prompt with the version, such as `extract-memories-1`; absent if it has none. */
        prompt: z.optional(z.string()),
        /** Why it replaced the configured extractor; absent unless it did. */
        fallback_reason: z.optional(z.string()),
        /** How many messages it did not read whole because the budget was used up; absent without a budget. */
        unread_messages: z.optional(count),
        /** How many statements were refused because no message supports them; absent if the extractor cannot invent any. */
        refused_claims: z.optional(count),
        /** The tokens of all requests to the model, as its endpoint counted them; absent if the endpoint does not count. */
        prompt_tokens: z.optional(count),
        /** The tokens of all answers of the model; absent if its endpoint does not count. */
        completion_tokens: z.optional(count),
      }),
    ),
    /** A report for each message; absent if the server does not send it. */
    messages: z.optional(
      z.array(
        z.object({
          /** Its position in the submitted array. */
          index: count,
          /** The client's own id of the message, its `dia_id`; absent if it has none. */
          id: z.optional(z.string()),
          /**
           * `superseded`: it replaced a memory; `stored`: it is new; `duplicate`: everything in it was known;
           * `nothing`: it contains nothing worth keeping; `skipped`: it has no text; `failed`: it could not be read.
           */
          outcome: leaf.outcome,
          /** How many parts of its content are no text, such as images and tool results; absent if none. */
          skipped_parts: z.optional(count),
          /** How many of its characters cannot be stored and were replaced by U+FFFD; absent if none. */
          replaced_characters: z.optional(count),
          /** The memories with its content, new or known. */
          memory_ids: z.array(leaf.memoryId),
        }),
      ),
    ),
    /** How often each kind of secret or personal data was replaced in the messages; absent if none was. */
    redactions: z.optional(z.record(z.string(), count)),
    /** The requested groups that do not exist or are archived, spelled as in the request. */
    ignored_group_ids: z._default(z.array(z.string()), []),
    /** How many entries these lists lack because the result would be too large; absent if they are complete. */
    left_out: z.optional(count),
  });
};

/** A result as any server of this dialect may send it: a memory type or an outcome may be an unknown word. */
export const ingestResultWire = ingestResultOf({
  memoryId: z.string(),
  memoryIds: z._default(z.record(z.string(), z.string()), {}),
  memoryType: z._default(openWord(memoryTypes), "fact"),
  outcome: openWord(messageOutcomes),
});
