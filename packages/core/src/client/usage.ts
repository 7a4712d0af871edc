import { usageWire, type UsageQuery, type UsageWire } from "../ingest/usage.ts";
import { readBody, type Caller, type CallOptions } from "./call.ts";
import { promiseCall, type CallPromise } from "./call-promise.ts";

/** Reads what the organisation has done this month and what it stores. */
export type ReadUsage = (query?: UsageQuery, options?: CallOptions) => CallPromise<UsageWire>;

/** The usage call for this client's credentials. */
export function createUsage(call: Caller): ReadUsage {
  return (query = {}, options = {}) =>
    promiseCall(call({ method: "GET", path: "/v1/usage", query: { ...query }, ...options }), (response) =>
      readBody(usageWire, response),
    );
}
