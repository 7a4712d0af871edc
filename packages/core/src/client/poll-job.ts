import type { ErrorCode } from "../errors/error-table.ts";
import { MemlaneError, type MemlaneErrorOptions } from "../errors/memlane-error.ts";
import { isTerminal, type JobState } from "../job/job-machine.ts";
import { pollStep, startPoll, type PollEvent, type PollPolicy } from "../poll/poll.ts";
import type { AbortSignalLike } from "./abort.ts";
import type { CallOptions } from "./call.ts";
import type { Runtime } from "./runtime.ts";

/** How to read a job once. */
export interface JobRead extends CallOptions {
  /** The entity tag of the last reading. With it, a server that supports tags can answer that the job has not changed. */
  readonly tag: string | undefined;
  /** How long the server may wait for a change before it answers, in seconds (`Prefer: wait`, RFC 7240). */
  readonly waitSeconds: number;
}

/** One reading of a job. */
export interface JobReading<Job> {
  /** Undefined if the job has not changed since the tag. */
  readonly job: Job | undefined;
  /** Undefined if the status is an unknown word. */
  readonly state: JobState | undefined;
  readonly retryAfterMs: number | undefined;
  readonly tag: string | undefined;
  /** Whether the server supports `Prefer: wait`. */
  readonly canWait: boolean;
  /** The request's id in the server's log. */
  readonly requestId?: string | undefined;
}

/** Reads a job once. @throws MemlaneError */
export type ReadJob<Job> = (read: JobRead) => Promise<JobReading<Job>>;

/** How to poll a job. */
export interface PollJobOptions<Job> {
  readonly id: string;
  readonly policy: PollPolicy;
  readonly signal?: AbortSignalLike | undefined;
  /**
   * Whether only the end matters: then the server may wait for it and skip earlier changes. @default false
   */
  readonly isEndOnly?: boolean | undefined;
  /** The first reading, such as the answer that created the job. */
  readonly first?: JobReading<Job> | undefined;
  /** When the job was created, by our clock: the wait began then. @default now */
  readonly madeAtMs?: number | undefined;
  /** How long earlier jobs took. The poll adds the duration of this job. */
  readonly experience?: WaitExperience | undefined;
}

/** What a client learns about how long jobs take, all in milliseconds. */
export interface WaitExperience {
  /** How long to wait from now until the next poll, if `waitedMs` have passed; undefined if unknown. */
  readonly expectMs: (waitedMs: number) => number | undefined;
  /** Records how long a wait took. */
  readonly learn: (waitMs: number) => void;
}

const longestWaitSeconds = 25;
const answerMarginSeconds = 2; // for the answer to arrive before the request times out

/**
 * Reads a job until it ends. Yields the first reading and each that differs from the one before. Long-polls a
 * server that supports it, and polls any other server according to the policy.
 * @throws MemlaneError with `jobId` and `lastJob`; its code is `timeout` if the job does not end in time
 */
export async function* pollJob<Job extends { readonly status: string }>(
  { now, random, sleep }: Pick<Runtime, "now" | "random" | "sleep">,
  read: ReadJob<Job>,
  { id, policy, signal, isEndOnly = false, first, madeAtMs, experience }: PollJobOptions<Job>,
): AsyncGenerator<Job, void, undefined> {
  const startedMs = madeAtMs ?? now();
  let runningMs: number | undefined; // when a server without long-polling last answered that the job runs
  let state = startPoll(policy, now());
  let event: PollEvent = { type: "due" };
  let last: Job | undefined;
  let tag: string | undefined;
  let requestId: string | undefined;
  let failure: MemlaneError | undefined;
  if (first !== undefined) {
    event = hear(first, first.canWait);
    if (last !== undefined) yield last;
  }
  for (;;) {
    const [next, action] = pollStep(policy, state, event, now(), random());
    state = next;
    switch (action.type) {
      case "send": {
        const { timeoutMs } = action;
        const seenTag = isEndOnly ? undefined : tag;
        // The first reading shows the current state, so it does not wait.
        const waitSeconds = isEndOnly || tag !== undefined ? waitSecondsWithin(timeoutMs) : 0;
        const sentMs = now();
        const heard = await read({ timeoutMs, signal, tag: seenTag, waitSeconds }).catch(failureOf);
        if (MemlaneError.is(heard)) {
          failure = heard;
          event = { type: "failure", retryable: heard.retryable, retryAfterMs: heard.retryAfterMs };
          break;
        }
        const { job, canWait } = heard;
        // A server that claims to long-poll but answers at once is polled with the normal backoff.
        const hasChanged = seenTag !== undefined && job !== undefined;
        const hasWaited = waitSeconds === 0 || hasChanged || now() - sentMs >= waitSeconds * 500;
        event = hear(heard, canWait && hasWaited);
        if (job !== undefined) yield job;
        break;
      }
      case "wait":
        await sleep(action.delayMs, signal);
        if (signal?.aborted) throw ended("aborted", "waiting was aborted", { cause: signal.reason });
        event = { type: "due" };
        break;
      case "return":
        return;
      case "fail": {
        const options: MemlaneErrorOptions = failure!;
        throw ended(options.code, options.message, { ...options, cause: failure });
      }
      case "timeout": {
        const retryAfterMs = event.type === "due" ? undefined : event.retryAfterMs;
        throw ended("timeout", `no end within ${policy.timeoutMs} ms`, { retryAfterMs, cause: failure });
      }
    }
  }

  function hear(reading: JobReading<Job>, hasWaited: boolean): PollEvent {
    const { job, state: jobState, retryAfterMs } = reading;
    failure = undefined;
    ({ tag, requestId } = reading);
    last = job ?? last;
    const waitedMs = now() - startedMs;
    if (jobState === undefined || !isTerminal(jobState)) {
      runningMs = reading.canWait ? undefined : waitedMs;
    } else if (runningMs !== undefined) {
      experience?.learn((runningMs + waitedMs) / 2); // it ended between two polls
    }
    // If earlier changes matter too, the expected end does not decide when to poll next.
    const expectedInMs = isEndOnly ? experience?.expectMs(waitedMs) : undefined;
    return { type: "job", state: jobState, retryAfterMs, expectedInMs, hasWaited };
  }

  function ended(code: ErrorCode, reason: string, known: Partial<MemlaneErrorOptions>): MemlaneError {
    const seen = last === undefined ? "never read" : `last seen ${last.status}`;
    return new MemlaneError({
      ...known,
      requestId: failure?.requestId ?? requestId,
      code,
      message: `${reason} (${id}, ${seen})`,
      jobId: id,
      lastJob: last,
    });
  }
}

function waitSecondsWithin(timeoutMs: number): number {
  const seconds = Math.floor(timeoutMs / 1000) - answerMarginSeconds;
  return Math.max(0, Math.min(longestWaitSeconds, seconds));
}

function failureOf(error: unknown): MemlaneError {
  if (MemlaneError.is(error)) return error;
  throw error;
}
