// The receipts of erasures.
import * as z from "zod/mini";

const count = z.int().check(z.gte(0));
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
  /** The event in the audit log. */
  audit_id: z.string(),
};

/** The answer to the erasure of a user. */
export const userErasureWire = z.object({
  user_id: z.string(),
  ...receipt,
  /** The same number as `memories_deleted`. Deprecated. */
  memories_forgotten: z.optional(count),
  /** The same number as `facts_deleted`. Deprecated. */
  facts_invalidated: z.optional(count),
  erasure: z.literal("permanent"),
});
/** The answer to the erasure of a user. */
export interface UserErasureWire extends z.output<typeof userErasureWire> {}

/** The answer to the erasure of an agent. */
export const agentErasureWire = z.object({
  agent_id: z.string(),
  ...receipt,
  /** Whether the organisation may now have another agent; absent if the server does not send it. */
  slot_freed: z.optional(z.boolean()),
});
/** The answer to the erasure of an agent. */
export interface AgentErasureWire extends z.output<typeof agentErasureWire> {}
