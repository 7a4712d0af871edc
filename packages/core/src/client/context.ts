import { contextWire, type ContextWire } from "../batch/context.ts";
import type { ContextQuery } from "../batch/context-query.ts";
import { profileWire, type ProfileWire } from "../batch/profile.ts";
import type { ProfileQuery } from "../batch/profile-query.ts";
import type { Caller, CallOptions } from "./call.ts";
import { promiseBody, type CallPromise } from "./call-promise.ts";

/** Reads what is known about a user. */
export interface ContextCalls {
  /** What is true about a user now, or was true at `as_of`. */
  profile(query: ProfileQuery, options?: CallOptions): CallPromise<ProfileWire>;
  /** A text for a prompt within a budget of tokens: facts, and memories that match the query. */
  context(query: ContextQuery, options?: CallOptions): CallPromise<ContextWire>;
}

/** Calls for this client's credentials. */
export function createContextCalls(call: Caller): ContextCalls {
  return {
    profile: (query, options = {}) =>
      promiseBody(call({ method: "GET", path: "/v1/profile", query: { ...query }, ...options }), profileWire),
    context: (query, options = {}) =>
      promiseBody(call({ method: "GET", path: "/v1/context", query: { ...query }, ...options }), contextWire),
  };
}
