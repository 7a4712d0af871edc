import type { MemlaneError } from "@memlane/core";
import { optional, textOf } from "./json.ts";

/** The current knowledge about a watched job. */
export type JobSnapshot<Job> =
  /** The job has not been read yet. */
  | { readonly phase: "waiting" }
  /** The job is queued or running; `job` is as the server writes it. */
  | { readonly phase: "progress"; readonly job: Job }
  /** The job has ended; `job.status` shows whether it succeeded. */
  | { readonly phase: "ended"; readonly job: Job }
  /** The job's outcome is unknown; `job` is its last reading, if there was one. */
  | { readonly phase: "failed"; readonly error: MemlaneError; readonly job: Job | undefined };

/** Reads the fields that the jobs of all dialects have. Each file in `dialects` adds its own fields. */
export const sharedFields = { id: textOf, status: textOf, expires_at: optional(textOf) };

/**
 * The fields of a job that a page reads. Those about earlier attempts are left out, because code to read them would make every page
 * larger.
 */
export type PageFields<Job> = Omit<Job, "attempts" | "last_error" | "next_attempt_at">;
