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
}

/** The calls for operators, with this client's credentials. */
export function createOperations(call: Caller): Operations {
  return {
    me: (options = {}) => promiseBody(call({ method: "GET", path: "/v1/me", ...options }), meWire),
    stats: (query = {}, options = {}) =>
      promiseBody(call({ method: "GET", path: "/v1/stats", query: { ...query }, ...options }), statsWire),
  };
}
