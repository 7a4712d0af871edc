import type { JobView } from "@memlane/core/internal";

/** The kinds of jobs, in words. */
export const kindWords = {
  ingest: "conversation",
  batch: "batch",
} as const satisfies Record<JobView["kind"], string>;
