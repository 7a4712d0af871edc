// The receipts of erasures.
import * as z from "zod/mini";
import { count, textOrNull } from "../dialect/answer-fields.ts";
import { openWord } from "../dialect/open-word.ts";

const receipt = {
  /** Erased memories that are no facts. */
  memories_deleted: count,
  facts_deleted: count,
  /** Erased messages of conversations; absent if the server does not send it. */
  messages_deleted: z.optional(count),
  /** Jobs that were ended or lost their texts; absent if the server does not send it. */
  jobs_erased: z.optional(count),
  /** Webhook deliveries that were deleted; absent if the server does not send it. */
  deliveries_deleted: z.optional(count),
  /** False if so much is to erase that the server continues after its answer; absent if the server does not send it. */
  finished: z.optional(z.boolean()),
  /** The event in the audit log; null if the server does not send it. */
  audit_id: textOrNull,
};

/** The answer to the erasure of a user. */
export const userErasureWire = z.object({
  user_id: z.string(),
  ...receipt,
  /** The same number as `memories_deleted`. Deprecated. */
  memories_forgotten: z.optional(count),
  /** The same number as `facts_deleted`. Deprecated. */
  facts_invalidated: z.optional(count),
  erasure: z.optional(openWord(["permanent"])),
});
/** The answer to the erasure of a user. */
export interface UserErasureWire extends z.output<typeof userErasureWire> {}

/** Reads the erasure of a user. Older servers send the counts only under their deprecated names. */
export const readUserErasure = z.pipe(
  z.transform((answer: unknown) => {
    if (typeof answer !== "object" || answer === null) return answer;
    const fields: Readonly<Record<string, unknown>> = { ...answer };
    const { memories_forgotten, facts_invalidated } = fields;
    return { memories_deleted: memories_forgotten, facts_deleted: facts_invalidated, ...fields };
  }),
  userErasureWire,
);

/** The answer to the erasure of an agent. */
export const agentErasureWire = z.object({
  agent_id: z.string(),
  ...receipt,
  /** Whether the organisation may now have another agent; absent if the server does not send it. */
  slot_freed: z.optional(z.nullable(z.boolean())),
});
/** The answer to the erasure of an agent. */
export interface AgentErasureWire extends z.output<typeof agentErasureWire> {}
