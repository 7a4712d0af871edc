import { MemlaneError } from "../errors/memlane-error.ts";
import { anyJobWire, jobPageWire, stateOfAnyStatus, type JobPageWire } from "../job/job-list.ts";
import type { JobListQuery } from "../job/job-list-query.ts";
import type { Caller, CallOptions, CreateOptions } from "./call.ts";
import { promiseBody, type CallPromise } from "./call-promise.ts";
import type { AnyJobWire } from "./dialects.ts";
import { createJobCalls, type JobCalls, type JobSource } from "./job-calls.ts";
import { itemsOfPages } from "./pages.ts";
import type { Runtime } from "./runtime.ts";

/** Jobs of either kind: a batch has `received`, an ingest job does not. */
export interface Jobs extends JobCalls<AnyJobWire> {
  /** Every matching job, newest first; reads the next page when it is needed. */
  list(query?: JobListQuery, options?: CallOptions): AsyncGenerator<AnyJobWire, void, undefined>;
  /** One page; `next_cursor` leads to the next. */
  listPage(query?: JobListQuery, options?: CallOptions): CallPromise<JobPageWire>;
  /**
   * Cancels a job and resolves with it. The job fails with the code `cancelled`. Memories that it has stored are kept.
   * @throws MemlaneError `conflict` if it has ended already; `job_not_found`
   */
  cancel(id: string, options?: CallOptions): CallPromise<AnyJobWire>;
  /**
   * Creates a job for the unfinished part of an ended job: a failed conversation, failed messages, or items of a batch
   * that were not stored. Resolves with the new job. The new job takes over that part, so a second retry of the old
   * job is a `conflict`.
   * @throws MemlaneError `conflict` if the job has not ended or nothing is left to do; `job_not_found`
   */
  retry(id: string, options?: CreateOptions): CallPromise<AnyJobWire>;
}

const path = "/v1/jobs";

/** How to read the jobs of one dialect. */
interface DialectReader {
  readonly path: string;
  readonly call: Caller;
}

/** Sends the calls about jobs. */
interface JobCallers {
  /** Sends the calls to `/v1/jobs`. */
  readonly call: Caller;
  /** One reader per dialect, in the order in which a job of unknown dialect is looked for. */
  readonly readers: readonly DialectReader[];
  readonly newKey: () => string;
}

/** Job calls for this client's credentials. */
export function createJobs(runtime: Runtime, { call, readers, newKey }: JobCallers): Jobs {
  const {
    create,
    createAndWait: _,
    ...jobs
  } = createJobCalls(runtime, call, {
    readerOf: createReader(runtime, readers),
    schema: anyJobWire,
    created: anyJobWire,
    stateOf: stateOfAnyStatus,
  });
  const listPage: Jobs["listPage"] = (query = {}, options = {}) =>
    promiseBody(call({ method: "GET", path, query: { ...query }, ...options }), jobPageWire);
  return {
    ...jobs,
    list: (query = {}, options = {}) => itemsOfPages((each) => listPage(each, options), query),
    listPage,
    cancel: (id, options = {}) =>
      promiseBody(call({ method: "POST", path, id, action: "cancel", ...options }), anyJobWire),
    retry: (id, retryOptions = {}) =>
      create(({ idempotencyKey = newKey(), ...options }, headers) => {
        const withKey = { "idempotency-key": idempotencyKey, ...headers };
        return call({ method: "POST", path, id, action: "retry", headers: withKey, ...options });
      }, retryOptions),
  };
}

/** Reads a job by looking for it in each dialect. Remembers in which one it was found. */
function createReader(
  { now }: Pick<Runtime, "now">,
  readers: readonly DialectReader[],
): JobSource<AnyJobWire, AnyJobWire>["readerOf"] {
  return (id) => {
    let first = 0;
    return async ({ timeoutMs, ...request }) => {
      const startMs = now();
      for (let index = first; ; index += 1) {
        const { path: dialectPath, call } = readers[index]!;
        // All requests share one timeout.
        const leftMs = timeoutMs === undefined ? undefined : Math.max(0, startMs + timeoutMs - now());
        try {
          const answer = await call({ method: "GET", path: dialectPath, id, timeoutMs: leftMs, ...request });
          first = index;
          return answer;
        } catch (error) {
          if (index === readers.length - 1 || !mayBeOfAnotherDialect(error)) throw error;
        }
      }
    };
  };
}

/** Whether the dialect has no such job, or needs an organisation to look for it. */
function mayBeOfAnotherDialect(error: unknown): boolean {
  return MemlaneError.is(error) && (error.status === 404 || error.code === "missing_org_id");
}
