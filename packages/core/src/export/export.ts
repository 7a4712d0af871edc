// An export of an organisation: lines that `memlane import` reads.
import * as z from "zod/mini";

/** A memory that was stored unchanged. */
const memoryLine = z.object({
  content: z.string(),
  user_id: z.optional(z.string()),
  agent_id: z.optional(z.string()),
  run_id: z.optional(z.string()),
  metadata: z.optional(z.record(z.string(), z.unknown())),
  /** When it happened, in ISO 8601. */
  timestamp: z.optional(z.string()),
});

/** A conversation whose messages were kept. */
const conversationLine = z.object({
  user_id: z.string(),
  conv_id: z.string(),
  agent_id: z.optional(z.string()),
  app_id: z.optional(z.string()),
  messages: z.array(
    z.object({
      role: z.string(),
      content: z.string(),
      dia_id: z.optional(z.string()),
      /** In ISO 8601. */
      date: z.optional(z.string()),
    }),
  ),
});

/** One line of an export. */
export const exportLineWire = z.union([memoryLine, conversationLine]);
/** One line of an export: a memory with `content`, or a conversation with `messages`. */
export type ExportLineWire = z.output<typeof exportLineWire>;

/** A page of lines; pass its `next_cursor` to get the next one. */
export const exportPageWire = z.object({
  object: z._default(z.literal("list"), "list"),
  data: z.array(exportLineWire),
  has_more: z.boolean(),
  next_cursor: z._default(z.nullable(z.string()), null),
});
