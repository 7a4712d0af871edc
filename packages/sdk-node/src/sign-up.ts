import { signUp as send, type CallPromise, type SignupRequest, type SignupWire } from "@memlane/core";
import { normaliseConnection, type ConnectionOptions } from "./client-options.ts";
import { readEnvironment } from "./environment.ts";
import { createRuntime } from "./runtime.ts";

/**
 * Creates an organisation with a key, on a server that lets every client do so (`MEMLANE_SELF_SERVICE=on`). It needs no key.
 *
 * @example
 * import { MemoryClient, signUp } from "@memlane/sdk-node";
 *
 * const { api_key: apiKey } = await signUp({ agent_caller: "my-agent" }, { baseUrl });
 * const client = new MemoryClient({ apiKey, baseUrl });
 * @throws MemlaneError `not_found` if the server has no sign-up, `signup_disabled` if it is paused, or `signup_rate_limited`
 */
export function signUp(
  request: SignupRequest = {},
  options: ConnectionOptions = {},
): CallPromise<SignupWire> {
  return send(createRuntime(normaliseConnection(options, readEnvironment())), request);
}
