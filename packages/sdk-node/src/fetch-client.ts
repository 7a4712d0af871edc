import {
  createClient,
  signUp as send,
  type CallPromise,
  type Client,
  type SignupRequest,
  type SignupWire,
} from "@memlane/core";
import {
  normaliseConnection,
  normaliseOptions,
  type ConnectionOptions,
  type MemoryClientOptions,
} from "./client-options.ts";
import { createRuntime } from "./runtime.ts";

/** Options of a client that does not read the environment. */
export interface FetchClientOptions extends MemoryClientOptions {
  /** A secret key. */
  readonly apiKey: string;
  /** The server's URL. */
  readonly baseUrl: string | URL;
}

/**
 * A client with every call except `batch.importFile`, which reads files.
 *
 * @example
 * import { createMemoryClient } from "@memlane/sdk-node/fetch";
 *
 * const client = createMemoryClient({ apiKey, baseUrl });
 * const { context } = await client.memories.search({ query: "Where do I live?", user_id: "ann" });
 * @throws TypeError if an option cannot work; the message says what to do
 */
export function createMemoryClient(options: FetchClientOptions): Client {
  const settings = normaliseOptions(options, { apiKey: undefined, orgId: undefined, baseUrl: undefined });
  return createClient(createRuntime(settings), settings);
}

/** Options of a sign-up that does not read the environment. */
export interface FetchSignUpOptions extends ConnectionOptions {
  /** The server's URL. */
  readonly baseUrl: string | URL;
}

/**
 * Creates an organisation with a key, on a server that lets every client do so (`MEMLANE_SELF_SERVICE=on`). It needs no key.
 *
 * @throws MemlaneError `not_found` if the server has no sign-up, `signup_disabled` if it is paused, or `signup_rate_limited`
 */
export function signUp(request: SignupRequest, options: FetchSignUpOptions): CallPromise<SignupWire> {
  return send(createRuntime(normaliseConnection(options, { baseUrl: undefined })), request);
}
