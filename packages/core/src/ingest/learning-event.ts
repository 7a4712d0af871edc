import * as z from "zod/mini";
import { openWord } from "../dialect/open-word.ts";
import { ingestFailureWire } from "./failure.ts";
import { memoryTypes } from "../memory/memory.ts";

/** The event of an ended ingest job, with these schemas for its parts. */
export function learningEventOf<
  JobId extends z.ZodMiniType,
  References extends z.ZodMiniType,
  Instant extends z.ZodMiniType,
>(leaves: { readonly jobId: JobId; readonly references: References; readonly instant: Instant }) {
  const about = {
    job_id: leaves.jobId,
    conv_id: z.string(),
    user_id: z.string(),
    /** The new memories. */
    memories: leaves.references,
    /** Known memories that the conversation made more precise. */
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
      error: ingestFailureWire,
    }),
  ]);
}

// A sender of this dialect may leave out lists, which read as empty, and may send an unknown type of memory.
const openReferences = z._default(z.array(z.object({ id: z.string(), type: openWord(memoryTypes) })), []);

/** An event as any sender of this dialect may post it. */
export const learningEventWire = learningEventOf({
  jobId: z.string(),
  references: openReferences,
  instant: z.string(),
});

type AnyLearningEventWire = z.output<typeof learningEventWire>;

/** The events that a webhook can subscribe to. */
export const learningEvents = [
  "memory.learning.completed",
  "memory.learning.failed",
] as const satisfies readonly AnyLearningEventWire["event"][];

/** The event of an ingest job that succeeded. `memories` is empty if nothing was extracted. */
export interface LearningCompletedWire extends Extract<
  AnyLearningEventWire,
  { readonly event: "memory.learning.completed" }
> {}

/** The event of an ingest job that failed. */
export interface LearningFailedWire extends Extract<
  AnyLearningEventWire,
  { readonly event: "memory.learning.failed" }
> {}

/** The end of an ingest job in the wire format; `error` is present if it failed. */
export type LearningEventWire = LearningCompletedWire | LearningFailedWire;
