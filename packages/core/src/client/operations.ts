import type * as z from "zod/mini";
import { jobChangeWire } from "../job/job-change.ts";
import type { JobFilter } from "../job/job-filter.ts";
import { attemptsWire, type AttemptsWire } from "../operations/attempts.ts";
import {
  jobMessagesWire,
  jobRequestWire,
  type JobMessagesQuery,
  type JobMessagesWire,
  type JobRequestWire,
} from "../operations/job-contents.ts";
import { keyListWire, type KeyListQuery, type KeyListWire } from "../operations/keys.ts";
import { meWire, type MeWire } from "../operations/me.ts";
import { orgPageWire, type OrgWire } from "../operations/orgs.ts";
import { serviceWire, type ServiceWire } from "../operations/service.ts";
import { statsWire, type StatsQuery, type StatsWire } from "../operations/stats.ts";
import type { Caller, CallOptions } from "./call.ts";
import { promiseBody, type CallPromise } from "./call-promise.ts";
import { itemsOfPages } from "./pages.ts";

/** For operators: what runs, what failed and why. */
export interface Operations {
  /** The organisation and the key of this client. */
  me(options?: CallOptions): CallPromise<MeWire>;
  /** Counts of jobs, and their course over the last hour or day. */
  stats(query?: StatsQuery, options?: CallOptions): CallPromise<StatsWire>;
  /** Counts the jobs that `cancelAll` or `retryAll` would change. */
  count(action: "cancel" | "retry", filter: JobFilter, options?: CallOptions): Promise<number>;
  /** Cancels all unfinished jobs that match. Resolves with how many it has cancelled. */
  cancelAll(filter: JobFilter, options?: CallOptions): Promise<number>;
  /** Retries the unfinished parts of all ended jobs that match. Resolves with how many jobs it has retried. */
  retryAll(filter: JobFilter, options?: CallOptions): Promise<number>;
  /** How often a job was tried, and how each attempt ended. */
  attempts(jobId: string, options?: CallOptions): CallPromise<AttemptsWire>;
  /** The request of a job, as it is stored. @throws MemlaneError `not_found` if it is not kept any more */
  request(jobId: string, options?: CallOptions): CallPromise<JobRequestWire>;
  /** The messages of a conversation, each with its outcome. */
  messages(jobId: string, query?: JobMessagesQuery, options?: CallOptions): CallPromise<JobMessagesWire>;
  /** The API keys of the organisation, with what each has done in the last days. */
  keys(query?: KeyListQuery, options?: CallOptions): CallPromise<KeyListWire>;
  /** All organisations; needs a key with the scope `operator`. */
  orgs(options?: CallOptions): AsyncGenerator<OrgWire, void, undefined>;
  /** The workers, the database and the model; needs a key with the scope `operator`. */
  service(options?: CallOptions): CallPromise<ServiceWire>;
}

const jobs = "/v1/jobs";

/** The calls for operators, with this client's credentials. */
export function createOperations(call: Caller): Operations {
  const get = <Schema extends z.ZodMiniType>(
    schema: Schema,
    request: Omit<Parameters<Caller>[0], "method">,
  ) => promiseBody(call({ method: "GET", ...request }), schema);
  const change = (action: "cancel" | "retry", body: object, options: CallOptions) =>
    promiseBody(call({ method: "POST", path: `${jobs}/${action}`, body, ...options }), jobChangeWire);
  const changeAll = async (action: "cancel" | "retry", filter: JobFilter, options: CallOptions) => {
    let { matched, changed, left } = await change(action, { filter }, options);
    // The oldest jobs come first, so the loop ends before the jobs that were accepted meanwhile, such as its own retries.
    for (let waiting = left; waiting > 0 && matched > 0; waiting -= matched - left) {
      const next = await change(action, { filter }, options);
      ({ matched, left } = next);
      changed += next.changed;
    }
    return changed;
  };
  return {
    count: async (action, filter, options = {}) =>
      (await change(action, { filter, dry_run: true }, options)).matched,
    cancelAll: (filter, options = {}) => changeAll("cancel", filter, options),
    retryAll: (filter, options = {}) => changeAll("retry", filter, options),
    me: (options = {}) => get(meWire, { path: "/v1/me", ...options }),
    attempts: (id, options = {}) => get(attemptsWire, { path: jobs, id, action: "attempts", ...options }),
    request: (id, options = {}) => get(jobRequestWire, { path: jobs, id, action: "request", ...options }),
    messages: (id, query = {}, options = {}) =>
      get(jobMessagesWire, { path: jobs, id, action: "messages", query: { ...query }, ...options }),
    keys: (query = {}, options = {}) =>
      get(keyListWire, { path: "/v1/keys", query: { ...query }, ...options }),
    orgs: (options = {}) =>
      itemsOfPages<object, OrgWire>(
        (query) => get(orgPageWire, { path: "/v1/orgs", query: { ...query }, ...options }),
        {},
      ),
    service: (options = {}) => get(serviceWire, { path: "/v1/service", ...options }),
    stats: (query = {}, options = {}) =>
      get(statsWire, { path: "/v1/stats", query: { ...query }, ...options }),
  };
}
