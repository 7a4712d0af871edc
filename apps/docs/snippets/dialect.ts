import { createVocabulary, type JobState } from "@memlane/core";

// One word for each state: it does not compile if one is missing.
const statuses = createVocabulary({
  queued: "waiting",
  active: "working",
  succeeded: "done",
  failed: "broken",
} as const satisfies Record<JobState, string>);

console.log(
  statuses.words.active,
  statuses.nameOf("done"),
  statuses.nameOf("unheard-of"),
);
