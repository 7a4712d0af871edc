import type * as z from "zod/mini";
import type { Vocabulary } from "../dialect/vocabulary.ts";
import { MemlaneError } from "../errors/memlane-error.ts";
import type { JobTokenWire } from "../ingest/job-token.ts";
import type { JobState } from "../job/job-machine.ts";
import { expectedDelayMs, learnWait, type RecentWaits } from "../poll/expected-wait.ts";
import { defaultPollPolicy } from "../poll/poll.ts";
import { parseRetryAfter } from "../poll/retry-after.ts";
import type { AbortSignalLike } from "./abort.ts";
import { readBody, type Answer, type Caller, type CallOptions, type CreateOptions } from "./call.ts";
import { promiseCall, type CallPromise } from "./call-promise.ts";
import { checkTimeout } from "./check-timeout.ts";
import { createFreshJobs } from "./fresh-jobs.ts";
import { createJobTokens, type JobTokenOptions } from "./job-tokens.ts";
import { pollJob, type JobReading, type ReadJob, type WaitExperience } from "./poll-job.ts";
import type { Runtime } from "./runtime.ts";

/** How to watch a job. */
export interface WatchOptions {
  /** How long to watch in all, in milliseconds; `Infinity` for as long as the job takes. @default 300_000 */
  readonly timeoutMs?: number | undefined;
  /** Ends the watching, whatever it is doing, with the code `aborted`; the job goes on. */
  readonly signal?: AbortSignalLike | undefined;
}

/** How to wait for a job. */
export interface PollOptions<Job> extends WatchOptions {
  /** Called with every reading of the job that differs, the last one included. */
  readonly onUpdate?: ((job: Job) => void) | undefined;
  /** The same under the name that one of the APIs gave it. */
  readonly onProgress?: ((job: Job) => void) | undefined;
}

/** How to hand something over and wait for its job: `timeoutMs` is for both. */
export interface CreateAndWaitOptions<Job> extends PollOptions<Job>, Pick<CreateOptions, "idempotencyKey"> {}

/** What can be done with the jobs of one dialect. */
export interface JobCalls<Job> {
  /** The job as it is now. @throws MemlaneError `job_not_found`, or `not_found` of a batch */
  get(id: string, options?: CallOptions): CallPromise<Job>;
  /**
   * Waits until the job ends and resolves with it, also when it failed. A server that can is let hold its answers;
   * any other is asked by the default policy, and once eight waits have taught when to look, then. No request and no
   * wait outlives `timeoutMs`.
   * @throws MemlaneError `timeout` (see `isJobTimeout`), `aborted`, or what ended the wait; `jobId` and `lastJob` tell
   * the job
   */
  pollUntilDone(id: string, options?: PollOptions<Job>): Promise<Job>;
  /**
   * The job as it is and each time that it has changed, until it has ended.
   * @throws MemlaneError as `pollUntilDone` does
   */
  watch(id: string, options?: WatchOptions): AsyncGenerator<Job, void, undefined>;
  /**
   * A token that lets a page read this job for a while, and do nothing else.
   * @throws MemlaneError `job_not_found`
   */
  createToken(id: string, options?: JobTokenOptions): CallPromise<JobTokenWire>;
}

/** What a dialect's jobs are read by. */
export interface JobSource<Job, Created extends Job> {
  readonly path: string;
  readonly schema: z.ZodMiniType<Job>;
  /** The schema of a job as its creation answers it. */
  readonly created: z.ZodMiniType<Created>;
  readonly statuses: Vocabulary<JobState>;
}

/** How a request is sent that makes a job. */
export type SendJob = (options: CreateOptions, headers: Readonly<Record<string, string>>) => Promise<Answer>;

/** The calls of one dialect, and what those that make its jobs have in common. */
export interface JobKit<Job, Created extends Job> extends JobCalls<Job> {
  /** Makes a job. */
  readonly create: (send: SendJob, options: CreateOptions) => CallPromise<Created>;
  /** Makes a job and waits until it ends; the answer to the first is the first reading. */
  readonly createAndWait: (send: SendJob, options: CreateAndWaitOptions<Job>) => Promise<Job>;
}

/** The calls of one dialect's jobs. */
export function createJobCalls<
  Job extends { readonly id: string; readonly status: string },
  Created extends Job,
>(
  runtime: Runtime,
  call: Caller,
  { path, schema, created, statuses }: JobSource<Job, Created>,
): JobKit<Job, Created> {
  const freshJobs = createFreshJobs<JobReading<Job>>(runtime.now);
  let waits: RecentWaits = [];
  const experience: WaitExperience = {
    expectMs: (waitedMs) => expectedDelayMs(waits, waitedMs),
    learn: (waitMs) => (waits = learnWait(waits, waitMs)),
  };

  const readingOf = (response: Answer, job: Job | undefined): JobReading<Job> => ({
    job,
    state: job && statuses.nameOf(job.status),
    retryAfterMs: parseRetryAfter(response.header("retry-after"), runtime.now()),
    tag: response.header("etag") ?? undefined,
    canHold: response.header("preference-applied") !== null,
    requestId: response.requestId,
  });

  const readerOf =
    (id: string): ReadJob<Job> =>
    async ({ tag, holdSeconds, ...options }) => {
      const headers = { prefer: `wait=${holdSeconds}`, ...(tag !== undefined && { "if-none-match": tag }) };
      try {
        const answer = await call({ method: "GET", path, id, headers, retry: "never", ...options });
        const reading = readingOf(answer, answer.status === 304 ? undefined : readBody(schema, answer));
        if (reading.canHold) waits = []; // it knows the end before any look could
        return reading;
      } catch (error) {
        throw freshJobs.get(id) ? freshError(error) : error;
      }
    };

  const watch = (
    id: string,
    { timeoutMs, signal }: WatchOptions,
    isEndOnly: boolean,
    first?: JobReading<Job>,
  ) => {
    checkTimeout(timeoutMs);
    const fresh = freshJobs.get(id);
    // The answer that made a job is a look at it: the next one can wait until it is worth it, where that is known.
    const isAimed = isEndOnly && experience.expectMs(0) !== undefined;
    return pollJob(runtime, readerOf(id), {
      id,
      policy: { ...defaultPollPolicy, ...(timeoutMs !== undefined && { timeoutMs }) },
      signal,
      isEndOnly,
      first: first ?? (isAimed ? fresh?.reading : undefined),
      madeAtMs: fresh?.receivedAtMs,
      experience,
    });
  };

  const lastOf = async (
    id: string,
    { onUpdate, onProgress, ...options }: PollOptions<Job>,
    first?: JobReading<Job>,
  ): Promise<Job> => {
    let last: Job | undefined;
    for await (const job of watch(id, options, !onUpdate && !onProgress, first)) {
      last = job;
      onUpdate?.(job);
      onProgress?.(job);
    }
    return last!; // a poll ends only behind the reading that saw the end
  };

  const accept = (response: Answer): Created => {
    const job = readBody(created, response);
    freshJobs.add(job.id, readingOf(response, job));
    return job;
  };

  return {
    get: (id, options = {}) =>
      promiseCall(call({ method: "GET", path, id, ...options }), (response) => readBody(schema, response)),
    pollUntilDone: (id, options = {}) => lastOf(id, options),
    watch: (id, options = {}) => watch(id, options, false),
    createToken: createJobTokens(call),
    create: (send, options) => promiseCall(send(options, {}), accept),
    async createAndWait(send, { idempotencyKey, ...options }) {
      const { timeoutMs = defaultPollPolicy.timeoutMs, signal } = options;
      checkTimeout(timeoutMs);
      const startMs = runtime.now();
      const creation = {
        idempotencyKey,
        signal,
        timeoutMs: Math.min(timeoutMs, defaultPollPolicy.requestTimeoutMs),
      };
      // Asks whether the server can hold its answers, not for it: whoever gave up with it would lose the id.
      const response = await send(creation, { prefer: "wait=0" });
      const job = accept(response);
      const leftMs = Math.max(0, startMs + timeoutMs - runtime.now());
      return lastOf(job.id, { ...options, timeoutMs: leftMs }, readingOf(response, job));
    },
  };
}

/** A 404 for a job that was accepted just now: a replica of the server lags behind, and will catch up. */
function freshError(error: unknown): unknown {
  if (!MemlaneError.is(error) || error.status !== 404) return error;
  return new MemlaneError({
    code: "unavailable",
    message: `the server does not know yet the job that it accepted: ${error.message}`,
    status: error.status,
    wireCode: error.wireCode,
    requestId: error.requestId,
    retryAfterMs: error.retryAfterMs,
    cause: error,
  });
}
