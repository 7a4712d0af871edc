// How a program gets an organisation of its own, and deletes it.
import {
  accountDeletionWire,
  signupWire,
  type AccountDeletionWire,
  type SignupRequest,
  type SignupWire,
} from "../batch/account.ts";
import { createCaller, type Caller, type CallOptions } from "./call.ts";
import { promiseBody, type CallPromise } from "./call-promise.ts";
import { createRequestIds } from "./request-ids.ts";
import type { Runtime } from "./runtime.ts";

/**
 * Creates an organisation with a key, on a server that lets every client do so. It needs no key. Only this answer has the new key.
 * @throws MemlaneError `not_found` if the server has no sign-up, `signup_disabled` if it is paused, or `signup_rate_limited`
 */
export function signUp(
  runtime: Runtime,
  request: SignupRequest = {},
  options: CallOptions = {},
): CallPromise<SignupWire> {
  const call = createCaller(runtime, {}, createRequestIds(runtime));
  return promiseBody(
    call({ method: "POST", path: "/v1/agents/init", body: request, ...options }),
    signupWire,
  );
}

/** Deletes the organisation of the client. */
export type DeleteAccount = (
  options: CallOptions & {
    /** Must be true, because everything is deleted for good. */
    readonly confirm: true;
  },
) => CallPromise<AccountDeletionWire>;

// A large organisation may take the server 20 s.
const deleteTimeoutMs = 60_000;

/** The deletion call for this client's credentials. */
export function createDeleteAccount(call: Caller): DeleteAccount {
  return ({ confirm, timeoutMs = deleteTimeoutMs, ...options }) =>
    promiseBody(
      call({ method: "DELETE", path: "/v1/account", query: { confirm }, timeoutMs, ...options }),
      accountDeletionWire,
    );
}
