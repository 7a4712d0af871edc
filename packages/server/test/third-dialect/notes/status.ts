import { createVocabulary, type JobState } from "@memlane/core";

/** The statuses of an import. */
export const notesStatuses = createVocabulary({
  queued: "waiting",
  active: "working",
  succeeded: "done",
  failed: "broken",
} as const satisfies Record<JobState, string>);
