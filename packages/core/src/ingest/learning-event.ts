import * as z from "zod/mini";
import { jobIdWire, memoryUuidWire } from "../dialect/id-wire.ts";
import { instantWire } from "../dialect/instant.ts";
import { memoryTypes } from "../memory/memory.ts";

const reference = z.object({ id: memoryUuidWire, type: z.enum(memoryTypes) });

const about = {
  job_id: jobIdWire,
  conv_id: z.string(),
  user_id: z.string(),
  memories: z.array(reference),
  memories_updated: z.array(reference),
  timestamp: instantWire,
};

/** What a webhook is told when an ingest job ends. `memories` is empty when nothing was extracted. */
export const learningEventCodec = z.discriminatedUnion("event", [
  z.object({ event: z.literal("memory.learning.completed"), ...about }),
  z.object({
    event: z.literal("memory.learning.failed"),
    ...about,
    error: z.object({ type: z.string(), code: z.string(), message: z.string() }),
  }),
]);

/** An event of the ingest dialect, with its ids and its moment read. */
export type LearningEvent = z.output<typeof learningEventCodec>;

/** The events that a webhook can be told of. */
export const learningEvents = [
  "memory.learning.completed",
  "memory.learning.failed",
] as const satisfies readonly LearningEvent["event"][];
