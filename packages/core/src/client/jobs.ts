import { MemlaneError } from "../errors/memlane-error.ts";
import {
  anyJobWire,
  jobPageWire,
  type AnyJobWire,
  type JobListQuery,
  type JobPageWire,
} from "../ingest/job-list.ts";
import { readBody, type Caller, type CallOptions, type CreateOptions } from "./call.ts";
import { promiseCall, type CallPromise } from "./call-promise.ts";
import { itemsOfPages } from "./pages.ts";

/** Jobs of either kind: a batch has `received`, an ingest job has not. */
export interface Jobs {
  /**
   * A job by its id, whichever kind it is of: asks for an ingest job, and where there is none for a batch.
   * @throws MemlaneError `job_not_found`, or `not_found`, when it is neither
   */
  get(id: string, options?: CallOptions): CallPromise<AnyJobWire>;
  /** Every job that fits, the newest first, page by page as they are asked for. */
  list(query?: JobListQuery, options?: CallOptions): AsyncGenerator<AnyJobWire, void, undefined>;
  /** One page; `next_cursor` leads to the next. */
  listPage(query?: JobListQuery, options?: CallOptions): CallPromise<JobPageWire>;
  /**
   * Ends a job: it fails as `cancelled`, and what it has committed stays. Comes to the job.
   * @throws MemlaneError `conflict` when it has ended already, `job_not_found`
   */
  cancel(id: string, options?: CallOptions): CallPromise<AnyJobWire>;
  /**
   * Does what is left of an ended job: a conversation that failed, failed messages, or the items of a batch that did not land.
   * Resolves with a new job. It takes over what is left, so a second retry of the old job is a `conflict`.
   * @throws MemlaneError `conflict` if the job has not ended or nothing is left to do; `job_not_found`
   */
  retry(id: string, options?: CreateOptions): CallPromise<AnyJobWire>;
}

const path = "/v1/jobs";

/** Job calls for this client's credentials. */
export function createJobs(call: Caller, callBatch: Caller, newKey: () => string): Jobs {
  const listPage: Jobs["listPage"] = (query = {}, options = {}) =>
    promiseCall(call({ method: "GET", path, query: { ...query }, ...options }), (response) =>
      readBody(jobPageWire, response),
    );
  const act = (
    action: "cancel" | "retry",
    id: string,
    options: CallOptions,
    headers: Readonly<Record<string, string>> = {},
  ) =>
    promiseCall(call({ method: "POST", path, id, action, headers, ...options }), (response) =>
      readBody(anyJobWire, response),
    );
  return {
    get(id, options = {}) {
      const answer = call({ method: "GET", path: "/v1/memories/jobs", id, ...options }).catch(
        (error: unknown) => {
          if (!mayBeBatch(error)) throw error;
          return callBatch({ method: "GET", path: "/v1/batch", id, ...options });
        },
      );
      return promiseCall(answer, (response) => readBody(anyJobWire, response));
    },
    list: (query = {}, options = {}) => itemsOfPages((each) => listPage(each, options), query),
    listPage,
    cancel: (id, options = {}) => act("cancel", id, options),
    retry: (id, { idempotencyKey = newKey(), ...options } = {}) =>
      act("retry", id, options, { "idempotency-key": idempotencyKey }),
  };
}

/** Whether there is no such ingest job, or it cannot be asked for without an organisation. */
function mayBeBatch(error: unknown): boolean {
  return MemlaneError.is(error) && (error.status === 404 || error.code === "missing_org_id");
}
