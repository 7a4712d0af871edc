import { usageWire, type UsageWire } from "../ingest/usage.ts";
import type { UsageQuery } from "../ingest/usage-query.ts";
import type { Caller, CallOptions } from "./call.ts";
import { promiseBody, type CallPromise } from "./call-promise.ts";

/** Reads what the organisation has done this month and what it stores. */
export type ReadUsage = (query?: UsageQuery, options?: CallOptions) => CallPromise<UsageWire>;

/** Makes the call that reads the usage. */
export function createUsage(call: Caller): ReadUsage {
  return (query = {}, options = {}) =>
    promiseBody(call({ method: "GET", path: "/v1/usage", query: { ...query }, ...options }), usageWire);
}
