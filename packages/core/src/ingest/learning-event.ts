import * as z from "zod/mini";
import { jobIdWire, memoryUuidWire } from "../dialect/id-wire.ts";
import { instantWire } from "../dialect/instant.ts";
import { openWord } from "../dialect/open-word.ts";
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

// What a sender of this dialect may leave out reads as empty, and a type of memory may be one that we do not know.
const openReferences = z._default(z.array(z.object({ id: z.string(), type: openWord(memoryTypes) })), []);

const openAbout = {
  job_id: z.string(),
  conv_id: z.string(),
  user_id: z.string(),
  memories: openReferences,
  memories_updated: openReferences,
  timestamp: z.string(),
};

/** An event as any sender of this dialect may post it. */
export const learningEventWire = z.discriminatedUnion("event", [
  z.object({ event: z.literal("memory.learning.completed"), ...openAbout }),
  z.object({
    event: z.literal("memory.learning.failed"),
    ...openAbout,
    error: z.object({ type: z.string(), code: z.string(), message: z.string() }),
  }),
]);

/** How an ingest job ended, as the wire tells it: `error` is there when it failed. */
export type LearningEventWire = z.output<typeof learningEventWire>;
