import { attemptsWire, type AttemptsWire } from "../operations/attempts.ts";
import {
  jobMessagesWire,
  jobRequestWire,
  type JobMessagesQuery,
  type JobMessagesWire,
  type JobRequestWire,
} from "../operations/job-contents.ts";
import { meWire, type MeWire } from "../operations/me.ts";
import { statsWire, type StatsQuery, type StatsWire } from "../operations/stats.ts";
import type { Caller, CallOptions } from "./call.ts";
import { promiseBody, type CallPromise } from "./call-promise.ts";

/** For operators: what runs, what failed and why. */
export interface Operations {
  /** The organisation and the key of this client. */
  me(options?: CallOptions): CallPromise<MeWire>;
  /** Counts of jobs, and their course over the last hour or day. */
  stats(query?: StatsQuery, options?: CallOptions): CallPromise<StatsWire>;
  /** How often a job was tried, and how each attempt ended. */
  attempts(jobId: string, options?: CallOptions): CallPromise<AttemptsWire>;
  /** The request of a job, as it is stored. @throws MemlaneError `not_found` if it is not kept any more */
  request(jobId: string, options?: CallOptions): CallPromise<JobRequestWire>;
  /** What became of each message of a conversation. */
  messages(jobId: string, query?: JobMessagesQuery, options?: CallOptions): CallPromise<JobMessagesWire>;
}

const jobs = "/v1/jobs";

/** The calls for operators, with this client's credentials. */
export function createOperations(call: Caller): Operations {
  return {
    me: (options = {}) => promiseBody(call({ method: "GET", path: "/v1/me", ...options }), meWire),
    attempts: (id, options = {}) =>
      promiseBody(call({ method: "GET", path: jobs, id, action: "attempts", ...options }), attemptsWire),
    request: (id, options = {}) =>
      promiseBody(call({ method: "GET", path: jobs, id, action: "request", ...options }), jobRequestWire),
    messages: (id, query = {}, options = {}) =>
      promiseBody(
        call({ method: "GET", path: jobs, id, action: "messages", query: { ...query }, ...options }),
        jobMessagesWire,
      ),
    stats: (query = {}, options = {}) =>
      promiseBody(call({ method: "GET", path: "/v1/stats", query: { ...query }, ...options }), statsWire),
  };
}
