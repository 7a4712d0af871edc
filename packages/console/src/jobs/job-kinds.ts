import type { JobView } from "@memlane/core/internal";

/** The kinds of jobs as the screens name them. */
export const kindWords = {
  ingest: "conversation",
  batch: "batch",
} as const satisfies Record<JobView["kind"], string>;
