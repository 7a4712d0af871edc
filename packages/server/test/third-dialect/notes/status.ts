import { createVocabulary, type JobState } from "@memlane/core";

/** The status words of an import of notes. */
export const notesStatuses = createVocabulary({
  queued: "waiting",
  active: "working",
  succeeded: "done",
  failed: "broken",
} as const satisfies Record<JobState, string>);
