import { createClient, type Batches, type Client, type Memories } from "@memlane/core";
import { normaliseOptions, type MemoryClientOptions } from "./client-options.ts";
import { readEnvironment } from "./environment.ts";
import { createRuntime } from "./runtime.ts";

/**
 * A client of one server for one organisation.
 *
 * @example
 * const client = new MemoryClient({ apiKey, orgId, baseUrl });
 * const job = await client.memories.ingest({ messages, user_id, conv_id });
 * const done = await client.memories.jobs.pollUntilDone(job.id);
 */
export class MemoryClient implements Client {
  readonly memories: Memories;
  readonly batch: Batches;

  /** @throws TypeError when the options and the environment together are not enough */
  constructor(options: MemoryClientOptions = {}) {
    const settings = normaliseOptions(options, readEnvironment());
    const client = createClient(createRuntime(settings), settings);
    this.memories = client.memories;
    this.batch = client.batch;
  }
}
