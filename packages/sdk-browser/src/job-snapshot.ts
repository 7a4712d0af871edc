import { defaultPollPolicy, MemlaneError, pollJob, type ReadJob, type Runtime } from "@memlane/core";

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

/** What following a job takes. */
export interface JobSnapshotOptions<Job> {
  readonly id: string;
  readonly read: ReadJob<Job>;
  readonly hasEnded: (job: Job) => boolean;
  /** How long to wait for the end, in milliseconds. */
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

/** Follows a job to its end by core's poll policy. Stops without a word when the signal aborts. */
export async function* jobSnapshots<Job extends { readonly status: string }>(
  runtime: Runtime,
  { id, read, hasEnded, timeoutMs, signal }: JobSnapshotOptions<Job>,
): AsyncGenerator<JobSnapshot<Job>, void, undefined> {
  let last: Job | undefined;
  try {
    for await (const job of pollJob(runtime, read, {
      id,
      policy: { ...defaultPollPolicy, timeoutMs },
      signal,
    })) {
      last = job;
      yield { phase: hasEnded(job) ? "ended" : "progress", job };
    }
  } catch (error) {
    if (!MemlaneError.is(error)) throw error;
    if (!signal.aborted) yield { phase: "failed", error, job: last };
  }
}
