import { createVocabulary } from "../dialect/vocabulary.ts";
import type { JobState } from "../job/job-machine.ts";

/** The status words of a batch job. */
export const batchStatuses = createVocabulary({
  queued: "pending",
  active: "processing",
  succeeded: "completed",
  failed: "failed",
} as const satisfies Record<JobState, string>);

/** `pending`, `processing`, `completed` or `failed`. */
export type BatchStatus = (typeof batchStatuses.words)[JobState];
