import {
  defaultPollPolicy,
  MemlaneError,
  pollStep,
  startPoll,
  type MemlaneErrorOptions,
  type PollEvent,
  type PollPolicy,
  type Runtime,
} from "@memlane/core";
import type { ReadJob } from "./read-job.ts";

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

/** What a poll needs to know. */
export interface PollJobOptions<Job> {
  readonly id: string;
  readonly read: ReadJob<Job>;
  /** How long to wait for the end, in milliseconds. */
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

/** Reads a job until it ends, by core's poll policy. Stops without a word when the signal aborts. */
export async function* pollJob<Job>(
  { now, random, sleep }: Runtime,
  { id, read, timeoutMs, signal }: PollJobOptions<Job>,
): AsyncGenerator<JobSnapshot<Job>, void, undefined> {
  const policy: PollPolicy = { ...defaultPollPolicy, timeoutMs };
  let state = startPoll(policy, now());
  let event: PollEvent = { type: "due" };
  let job: Job | undefined;
  let failure: MemlaneError | undefined;

  const failed = (known: MemlaneErrorOptions) =>
    ({ phase: "failed", error: new MemlaneError({ ...known, jobId: id, lastJob: job }), job }) as const;

  while (!signal.aborted) {
    const [next, action] = pollStep(policy, state, event, now(), random());
    state = next;
    switch (action.type) {
      case "send":
        try {
          const reading = await read({ timeoutMs: action.timeoutMs, signal });
          job = reading.job;
          failure = undefined;
          event = { type: "job", state: reading.state, retryAfterMs: reading.retryAfterMs };
        } catch (error) {
          if (!MemlaneError.is(error)) throw error;
          failure = error;
          event = { type: "failure", retryable: error.retryable, retryAfterMs: error.retryAfterMs };
        }
        break;
      case "wait":
        if (event.type === "job") yield { phase: "progress", job: job! };
        await sleep(action.delayMs, signal);
        event = { type: "due" };
        break;
      case "return":
        yield { phase: "ended", job: job! };
        return;
      case "fail": {
        const { code, message, status, wireCode, requestId, retryAfterMs } = failure!;
        yield failed({ code, message, status, wireCode, requestId, retryAfterMs, cause: failure });
        return;
      }
      case "timeout":
        yield failed({ code: "timeout", message: `no end within ${timeoutMs} ms`, cause: failure });
        return;
    }
  }
}
