import type { ErrorCode } from "../errors/error-table.ts";
import { MemlaneError, type MemlaneErrorOptions } from "../errors/memlane-error.ts";
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
      case "send": {
        const heard = await read({ timeoutMs: action.timeoutMs, signal }).catch(failureOf);
        if (MemlaneError.is(heard)) {
          lastFailure = heard;
          event = { type: "failure", retryable: heard.retryable, retryAfterMs: heard.retryAfterMs };
        } else {
          lastFailure = undefined;
          lastJob = heard.job;
          event = { type: "job", state: heard.state, retryAfterMs: heard.retryAfterMs };
          onProgress?.(heard.job);
        }
        break;
      }
      case "wait":
        await runtime.sleep(action.delayMs, signal);
        if (signal?.aborted) throw ended("aborted", "waiting was aborted", { cause: signal.reason });
        event = { type: "due" };
        break;
      case "return":
        return lastJob!;
      case "fail": {
        const { code, message, status, wireCode, requestId, issues, retryAfterMs } = lastFailure!;
        throw ended(code, message, {
          status,
          wireCode,
          requestId,
          issues,
          retryAfterMs,
          cause: lastFailure,
        });
      }
      case "timeout": {
        const retryAfterMs = event.type === "due" ? undefined : event.retryAfterMs;
        throw ended("timeout", `no end within ${timeoutMs} ms`, { retryAfterMs, cause: lastFailure });
      }
    }
  }

  function ended(code: ErrorCode, reason: string, known: Partial<MemlaneErrorOptions>): MemlaneError {
    const seen = lastJob === undefined ? "never read" : `last seen ${lastJob.status}`;
    return new MemlaneError({ ...known, code, message: `${reason} (${jobId}, ${seen})`, jobId, lastJob });
  }
}

function failureOf(error: unknown): MemlaneError {
  if (MemlaneError.is(error)) return error;
  throw error;
}
