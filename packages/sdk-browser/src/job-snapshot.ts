import type { MemlaneError } from "@memlane/core";

/** What is known of a watched job. */
export type JobSnapshot<Job> =
  /** It was not read yet. */
  | { readonly phase: "waiting" }
  /** It is queued or runs; `job` is how the server writes it. */
  | { readonly phase: "progress"; readonly job: Job }
  /** It has ended, well or not: `job.status` tells. */
  | { readonly phase: "ended"; readonly job: Job }
  /** How it ends could not be learned; `job` is how it was last seen, if it was. */
  | { readonly phase: "failed"; readonly error: MemlaneError; readonly job: Job | undefined };
