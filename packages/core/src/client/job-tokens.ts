import { jobTokenWire, type JobTokenWire } from "../ingest/job-token.ts";
import type { Caller, CallOptions } from "./call.ts";
import { promiseBody, type CallPromise } from "./call-promise.ts";

/** Options of a new job token. */
export interface JobTokenOptions extends CallOptions {
  /** How long it is valid, 1 second to a day. @default 3600 */
  readonly lifetimeSeconds?: number | undefined;
}

/** Options of a call that creates a job. */
export interface JobCreateOptions {
  /**
   * Asks for a `token` with which a page can watch the job: `true` for an hour, or the number of seconds.
   * @default false
   */
  readonly token?: boolean | number | undefined;
}

/** Creates tokens for jobs of either kind. */
export function createJobTokens(
  call: Caller,
): (id: string, options?: JobTokenOptions) => CallPromise<JobTokenWire> {
  return (id, { lifetimeSeconds, ...options } = {}) => {
    const query = { expires_in: lifetimeSeconds };
    const answer = call({ method: "POST", path: "/v1/jobs", id, action: "token", query, ...options });
    return promiseBody(answer, jobTokenWire);
  };
}
