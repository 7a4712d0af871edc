import type * as z from "zod/mini";
import { MemlaneError } from "../errors/memlane-error.ts";
import type { JobTokenWire } from "../ingest/job-token.ts";
import type { JobState } from "../job/job-machine.ts";
import { expectedDelayMs, learnWait, type RecentWaits } from "../poll/expected-wait.ts";
import { parseRetryAfter } from "../poll/retry-after.ts";
import { readBody, type Answer, type Caller, type CallOptions, type CreateOptions } from "./call.ts";
import { promiseBody, promiseCall, type CallPromise } from "./call-promise.ts";
import { createFreshJobs } from "./fresh-jobs.ts";
import { createJobTokens, type JobTokenOptions } from "./job-tokens.ts";
import { pollJob, type JobReading, type ReadJob, type WaitExperience } from "./poll-job.ts";
import {
  pollPolicyOf,
  type CreateAndWaitOptions,
  type PollOptions,
  type WatchOptions,
} from "./poll-options.ts";
import type { Runtime } from "./runtime.ts";
import type { TransportRequest } from "./transport.ts";

/** Calls to read a job and to wait for it. `memories.jobs`, `batch` and `jobs` have them. */
export interface JobCalls<Job> {
  /** The job as it is now. @throws MemlaneError `job_not_found`; for a batch `not_found` */
  get(id: string, options?: CallOptions): CallPromise<Job>;
  /**
   * Waits until the job ends and resolves with it, even if it failed. Long-polls a server that supports it. Any other
   * server is polled with the default backoff. After the client has waited for eight jobs, it polls at the times when
   * such jobs usually end. The whole wait takes at most `timeoutMs`.
   * @throws MemlaneError `timeout` (see `isJobTimeout`), `aborted`, or the error that ended the wait; with `jobId` and
   * `lastJob`
   */
  pollUntilDone(id: string, options?: PollOptions<Job>): Promise<Job>;
  /**
   * Yields the job as first read, and after each change, until it has ended.
   * @throws MemlaneError like `pollUntilDone`
   */
  watch(id: string, options?: WatchOptions): AsyncGenerator<Job, void, undefined>;
  /**
   * Makes a token with which a page can read this job for a while, and nothing else.
   * @throws MemlaneError `job_not_found`
   */
  createToken(id: string, options?: JobTokenOptions): CallPromise<JobTokenWire>;
}

/** One GET of a job. */
export interface JobRequest extends CallOptions {
  readonly headers?: Readonly<Record<string, string>>;
  readonly retry?: TransportRequest["retry"];
}

/** How to read the jobs of one kind. */
export interface JobSource<Job, Created extends Job> {
  /** Makes the function that reads one job again and again. */
  readonly readerOf: (id: string) => (request: JobRequest) => Promise<Answer>;
  readonly schema: z.ZodMiniType<Job>;
  /** The schema of the answer that creates a job. */
  readonly created: z.ZodMiniType<Created>;
  /** The state that a status word means; undefined for an unknown word. */
  readonly stateOf: (word: string) => JobState | undefined;
}

/** Sends the request that creates a job. */
export type SendJob = (options: CreateOptions, headers: Readonly<Record<string, string>>) => Promise<Answer>;

/** The calls for one kind of jobs, and the functions with which other calls create such jobs. */
export interface JobKit<Job, Created extends Job> extends JobCalls<Job> {
  /** Creates a job. */
  readonly create: (send: SendJob, options: CreateOptions) => CallPromise<Created>;
  /** Creates a job and waits until it ends; the answer that creates it is the first reading. */
  readonly createAndWait: (send: SendJob, options: CreateAndWaitOptions<Job>) => Promise<Job>;
}

/** The calls of one kind of jobs. */
export function createJobCalls<
  Job extends { readonly id: string; readonly status: string },
  Created extends Job,
>(
  runtime: Runtime,
  call: Caller,
  { readerOf, schema, created, stateOf }: JobSource<Job, Created>,
): JobKit<Job, Created> {
  const freshJobs = createFreshJobs<JobReading<Job>>(runtime.now);
  let waits: RecentWaits = [];
  const experience: WaitExperience = {
    expectMs: (waitedMs) => expectedDelayMs(waits, waitedMs),
    learn: (waitMs) => (waits = learnWait(waits, waitMs)),
  };

  const readingOf = (response: Answer, job: Job | undefined): JobReading<Job> => ({
    job,
    state: job && stateOf(job.status),
    retryAfterMs: parseRetryAfter(response.header("retry-after"), runtime.now()),
    tag: response.header("etag") ?? undefined,
    canWait: response.header("preference-applied") !== null,
    requestId: response.requestId,
  });

  const pollerOf = (id: string): ReadJob<Job> => {
    const read = readerOf(id);
    return async ({ tag, waitSeconds, ...options }) => {
      const headers = {
        prefer: `wait=${waitSeconds}`,
        ...(tag !== undefined && { "if-none-match": tag }),
      };
      try {
        const answer = await read({ headers, retry: "never", ...options });
        const reading = readingOf(answer, answer.status === 304 ? undefined : readBody(schema, answer));
        if (reading.canWait) waits = []; // not needed: a long-poll reports the end sooner than any other poll
        return reading;
      } catch (error) {
        throw freshJobs.get(id) ? freshError(error) : error;
      }
    };
  };

  const watch = (id: string, options: WatchOptions, isEndOnly: boolean, first?: JobReading<Job>) => {
    const policy = pollPolicyOf(options);
    const fresh = freshJobs.get(id);
    // The answer that created the job is its first reading. If the usual end of such jobs is known, the next reading
    // can wait for it.
    const isAimed = isEndOnly && experience.expectMs(0) !== undefined;
    return pollJob(runtime, pollerOf(id), {
      id,
      policy,
      signal: options.signal,
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
    return last!; // a poll ends only after it has yielded the ended job
  };

  const accept = (response: Answer): Created => {
    const job = readBody(created, response);
    freshJobs.add(job.id, readingOf(response, job));
    return job;
  };

  return {
    get: (id, options = {}) => promiseBody(readerOf(id)(options), schema),
    pollUntilDone: (id, options = {}) => lastOf(id, options),
    watch: (id, options = {}) => watch(id, options, false),
    createToken: createJobTokens(call),
    create: (send, options) => promiseCall(send(options, {}), accept),
    async createAndWait(send, { idempotencyKey, ...options }) {
      const { timeoutMs, requestTimeoutMs } = pollPolicyOf(options);
      const startMs = runtime.now();
      const creation = {
        idempotencyKey,
        signal: options.signal,
        timeoutMs: Math.min(timeoutMs, requestTimeoutMs),
      };
      // `wait=0` asks whether the server can long-poll. The server must not wait here: after a timeout, the id would be lost.
      const response = await send(creation, { prefer: "wait=0" });
      const job = accept(response);
      const leftMs = Math.max(0, startMs + timeoutMs - runtime.now());
      return lastOf(job.id, { ...options, timeoutMs: leftMs }, readingOf(response, job));
    },
  };
}

/** A 404 for a job that was accepted just now means that a replica of the server lags; it will catch up. */
function freshError(error: unknown): unknown {
  if (!MemlaneError.is(error) || error.status !== 404) return error;
  return new MemlaneError({
    code: "unavailable",
    message: `the server does not find the job that it accepted: ${error.message}`,
    status: error.status,
    wireCode: error.wireCode,
    requestId: error.requestId,
    retryAfterMs: error.retryAfterMs,
    cause: error,
  });
}
