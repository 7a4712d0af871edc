import { defaultPollPolicy } from "../poll/poll.ts";
import type { CallOptions } from "./call.ts";
import { pollJob, type ReadJob } from "./poll-job.ts";
import type { Runtime } from "./runtime.ts";

/** How to wait for one job. */
export interface PollOptions<JobWire> extends CallOptions {
  /** How long to wait in all, in milliseconds. @default 300_000 */
  readonly timeoutMs?: number | undefined;
  /** Called with every reading of the job that differs, the last one included. */
  readonly onProgress?: ((job: JobWire) => void) | undefined;
}

/** Reads a job until it ends. Resolves with the ended job, also when it failed. */
export async function pollUntilDone<JobWire extends { readonly status: string }>(
  runtime: Runtime,
  id: string,
  read: ReadJob<JobWire>,
  { timeoutMs = defaultPollPolicy.timeoutMs, signal, onProgress }: PollOptions<JobWire>,
): Promise<JobWire> {
  const policy = { ...defaultPollPolicy, timeoutMs };
  let last: JobWire | undefined;
  for await (const job of pollJob(runtime, read, { id, policy, signal })) {
    last = job;
    onProgress?.(job);
  }
  return last!; // a poll ends only behind the reading that saw the end
}
