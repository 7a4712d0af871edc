import * as z from "zod/mini";
import { jobIdWire, memoryUuidWire } from "../dialect/id-wire.ts";
import { instantWire } from "../dialect/instant.ts";
import { openWord } from "../dialect/open-word.ts";
import { memoryTypes } from "../memory/memory.ts";

const reference = z.object({ id: memoryUuidWire, type: z.enum(memoryTypes) });

function eventOf<
  JobId extends z.ZodMiniType,
  References extends z.ZodMiniType,
  Instant extends z.ZodMiniType,
>(leaves: { readonly jobId: JobId; readonly references: References; readonly instant: Instant }) {
  const about = {
    job_id: leaves.jobId,
    conv_id: z.string(),
    user_id: z.string(),
    /** What is new. */
    memories: leaves.references,
    /** What was known and is known better now. */
    memories_updated: leaves.references,
    /** When the job ended, in ISO 8601. */
    timestamp: leaves.instant,
  };
  return z.discriminatedUnion("event", [
    z.object({ event: z.literal("memory.learning.completed"), ...about }),
    z.object({
      event: z.literal("memory.learning.failed"),
      ...about,
      /** Why it failed. */
      error: z.object({ type: z.string(), code: z.string(), message: z.string() }),
    }),
  ]);
}

/** What a webhook is told when an ingest job ends. `memories` is empty when nothing was extracted. */
export const learningEventCodec = eventOf({
  jobId: jobIdWire,
  references: z.array(reference),
  instant: instantWire,
});

/** An event of the ingest dialect, with its ids and its moment read. */
export type LearningEvent = z.output<typeof learningEventCodec>;

/** The events that a webhook can be told of. */
export const learningEvents = [
  "memory.learning.completed",
  "memory.learning.failed",
] as const satisfies readonly LearningEvent["event"][];

// What a sender of this dialect may leave out reads as empty, and a type of memory may be one that we do not know.
const openReferences = z._default(z.array(z.object({ id: z.string(), type: openWord(memoryTypes) })), []);

/** An event as any sender of this dialect may post it. */
export const learningEventWire = eventOf({
  jobId: z.string(),
  references: openReferences,
  instant: z.string(),
});

type AnyLearningEventWire = z.output<typeof learningEventWire>;

/** What a webhook is told when an ingest job has succeeded. `memories` is empty when nothing was extracted. */
export interface LearningCompletedWire extends Extract<
  AnyLearningEventWire,
  { readonly event: "memory.learning.completed" }
> {}

/** What a webhook is told when an ingest job has failed. */
export interface LearningFailedWire extends Extract<
  AnyLearningEventWire,
  { readonly event: "memory.learning.failed" }
> {}

/** How an ingest job ended, as the wire tells it: `error` is there when it failed. */
export type LearningEventWire = LearningCompletedWire | LearningFailedWire;
