import * as z from "zod/mini";

const count = z.int().check(z.gte(0));

const about = {
  job_id: z.string(),
  /** How many memories were submitted. */
  received: count,
  /** How many of these memories are stored. */
  imported: count,
  /** How many of these memories were refused. */
  failed: count,
  /** When the job ended, in ISO 8601. */
  timestamp: z.string(),
};

/** The event that a webhook receives when a batch ends. The job has the reason for each refused memory. */
export const batchEventWire = z.discriminatedUnion("event", [
  z.object({ event: z.literal("memory.batch.completed"), ...about }),
  z.object({
    event: z.literal("memory.batch.failed"),
    ...about,
    /** Why the whole batch failed. */
    error: z.object({ type: z.string(), code: z.string(), message: z.string() }),
  }),
]);
/** The end of a batch in the wire format; `error` is present if it failed as a whole. */
export type BatchEventWire = z.output<typeof batchEventWire>;

/** The events of batches that a webhook can subscribe to. */
export const batchEvents = [
  "memory.batch.completed",
  "memory.batch.failed",
] as const satisfies readonly BatchEventWire["event"][];
