import { createClient, type Client } from "@memlane/core";
import { normaliseOptions, type MemoryClientOptions } from "./client-options.ts";
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
