import { jobTokenWire, type JobTokenWire } from "../ingest/job-token.ts";
import { readBody, type Caller, type CallOptions } from "./call.ts";
import { promiseCall, type CallPromise } from "./call-promise.ts";

/** How to make a token. */
export interface JobTokenOptions extends CallOptions {
  /** How long it works, 1 second to a day. @default 3600 */
  readonly lifetimeSeconds?: number | undefined;
}

/** What a call takes that makes a job. */
export interface JobCreateOptions {
  /** Asks for a `token` beside the job, for a page to watch it with: `true` for an hour, or its seconds. */
  readonly token?: boolean | number | undefined;
}

/** Makes tokens for jobs of either kind. */
export function createJobTokens(
  call: Caller,
): (id: string, options?: JobTokenOptions) => CallPromise<JobTokenWire> {
  return (id, { lifetimeSeconds, ...options } = {}) => {
    const query = { expires_in: lifetimeSeconds };
    const answer = call({ method: "POST", path: "/v1/jobs", id, action: "token", query, ...options });
    return promiseCall(answer, (response) => readBody(jobTokenWire, response));
  };
}
