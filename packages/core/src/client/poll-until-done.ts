import { MemlaneError } from "../errors/memlane-error.ts";
import type { JobState } from "../job/job-machine.ts";
import { defaultPollPolicy, pollStep, startPoll, type PollEvent, type PollPolicy } from "../poll/poll.ts";
import type { CallOptions } from "./call.ts";
import type { Runtime } from "./runtime.ts";

/** How to wait for one job. */
export interface PollOptions<JobWire> extends CallOptions {
  /** How long to wait in all, in milliseconds. @default 300_000 */
  readonly timeoutMs?: number | undefined;
  /** Called with every reading of the job, the last one included. */
  readonly onProgress?: ((job: JobWire) => void) | undefined;
}

/** One reading of a job. */
export interface JobReading<JobWire> {
  readonly job: JobWire;
  /** Undefined when the status is a word that the dialect does not know. */
  readonly state: JobState | undefined;
  readonly retryAfterMs: number | undefined;
}

/** Reads a job until it ends. Resolves with the ended job, also when it failed. */
export async function pollUntilDone<JobWire extends { readonly status: string }>(
  runtime: Runtime,
  jobId: string,
  read: (options: CallOptions) => Promise<JobReading<JobWire>>,
  { timeoutMs = defaultPollPolicy.timeoutMs, signal, onProgress }: PollOptions<JobWire>,
): Promise<JobWire> {
  const policy: PollPolicy = { ...defaultPollPolicy, timeoutMs };
  let state = startPoll(policy, runtime.now());
  let event: PollEvent = { type: "due" };
  let lastJob: JobWire | undefined;
  let lastFailure: MemlaneError | undefined;
  for (;;) {
    const [next, action] = pollStep(policy, state, event, runtime.now(), runtime.random());
    state = next;
    switch (action.type) {
      case "send":
        try {
          const reading = await read({ timeoutMs: action.timeoutMs, signal });
          lastJob = reading.job;
          lastFailure = undefined;
          onProgress?.(reading.job);
          event = { type: "job", state: reading.state, retryAfterMs: reading.retryAfterMs };
        } catch (error) {
          if (!MemlaneError.is(error)) throw error;
          lastFailure = error;
          event = { type: "failure", retryable: error.retryable, retryAfterMs: error.retryAfterMs };
        }
        break;
      case "wait":
        await runtime.sleep(action.delayMs, signal);
        if (signal?.aborted) throw ended("aborted", "waiting was aborted", signal.reason);
        event = { type: "due" };
        break;
      case "return":
        return lastJob!;
      case "fail":
        throw ended(lastFailure!.code, lastFailure!.message, lastFailure);
      case "timeout":
        throw ended("timeout", `${jobId} did not end within ${timeoutMs} ms`, lastFailure);
    }
  }

  function ended(code: MemlaneError["code"], reason: string, cause: unknown): MemlaneError {
    const seen = lastJob === undefined ? "it was never read" : `it was last seen ${lastJob.status}`;
    return new MemlaneError({
      code,
      message: `${reason} (${jobId}: ${seen})`,
      jobId,
      lastJob,
      cause,
      ...(MemlaneError.is(cause) &&
        code !== "timeout" && {
          status: cause.status ?? undefined,
          wireCode: cause.wireCode,
          requestId: cause.requestId,
        }),
    });
  }
}
