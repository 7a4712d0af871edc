import { createVocabulary } from "../dialect/vocabulary.ts";
import type { JobState } from "../job/job-machine.ts";

/** The status words of an ingest job. */
export const ingestStatuses = createVocabulary({
  queued: "pending",
  active: "running",
  succeeded: "succeeded",
  failed: "failed",
} as const satisfies Record<JobState, string>);

/** `pending`, `running`, `succeeded` or `failed`. */
export type IngestStatus = (typeof ingestStatuses.words)[JobState];
