import { batchStatuses } from "../batch/status.ts";
import { MemlaneError } from "../errors/memlane-error.ts";
import {
  anyJobWire,
  jobPageWire,
  type AnyJobWire,
  type JobListQuery,
  type JobPageWire,
} from "../ingest/job-list.ts";
import { ingestStatuses } from "../ingest/status.ts";
import { readBody, type Caller, type CallOptions, type CreateOptions } from "./call.ts";
import { promiseCall, type CallPromise } from "./call-promise.ts";
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

/** Job calls for this client's credentials. */
export function createJobs(runtime: Runtime, call: Caller, callBatch: Caller, newKey: () => string): Jobs {
  const {
    create,
    createAndWait: _,
    ...jobs
  } = createJobCalls(runtime, call, {
    readerOf: createReader(runtime, call, callBatch),
    schema: anyJobWire,
    created: anyJobWire,
    stateOf: (word) => ingestStatuses.nameOf(word) ?? batchStatuses.nameOf(word),
  });
  const listPage: Jobs["listPage"] = (query = {}, options = {}) =>
    promiseCall(call({ method: "GET", path, query: { ...query }, ...options }), (response) =>
      readBody(jobPageWire, response),
    );
  return {
    ...jobs,
    list: (query = {}, options = {}) => itemsOfPages((each) => listPage(each, options), query),
    listPage,
    cancel: (id, options = {}) =>
      promiseCall(call({ method: "POST", path, id, action: "cancel", ...options }), (response) =>
        readBody(anyJobWire, response),
      ),
    retry: (id, retryOptions = {}) =>
      create(({ idempotencyKey = newKey(), ...options }, headers) => {
        const withKey = { "idempotency-key": idempotencyKey, ...headers };
        return call({ method: "POST", path, id, action: "retry", headers: withKey, ...options });
      }, retryOptions),
  };
}

/** Reads an ingest job, or the batch if there is no such ingest job. Remembers that a job is a batch. */
function createReader(
  { now }: Pick<Runtime, "now">,
  call: Caller,
  callBatch: Caller,
): JobSource<AnyJobWire, AnyJobWire>["readerOf"] {
  return (id) => {
    let isBatch = false;
    return async ({ timeoutMs, ...request }) => {
      const startMs = now();
      if (!isBatch) {
        try {
          return await call({ method: "GET", path: "/v1/memories/jobs", id, timeoutMs, ...request });
        } catch (error) {
          if (!mayBeBatch(error)) throw error;
        }
      }
      // Both requests share one timeout.
      const leftMs = timeoutMs === undefined ? undefined : Math.max(0, startMs + timeoutMs - now());
      const answer = await callBatch({ method: "GET", path: "/v1/batch", id, timeoutMs: leftMs, ...request });
      isBatch = true;
      return answer;
    };
  };
}

/** Whether there is no such ingest job, or reading ingest jobs needs an organisation. */
function mayBeBatch(error: unknown): boolean {
  return MemlaneError.is(error) && (error.status === 404 || error.code === "missing_org_id");
}
