import { createClient, type Batches, type Client, type Jobs, type Memories } from "@memlane/core";
import { normaliseOptions, type MemoryClientOptions } from "./client-options.ts";
import { readEnvironment } from "./environment.ts";
import type { ImportFileOptions } from "./import/import-file.ts";
import type { ImportReport } from "./import/import-lines.ts";
import type { ImportSource } from "./import/import-source.ts";
import { createRuntime } from "./runtime.ts";

/** Batches of memories, and whole files of them. */
export interface NodeBatches extends Batches {
  /**
   * Imports lines of JSON (JSONL), as many as there are: each is a memory, or a conversation. At most 500 lines go into
   * a batch, and at most three batches are unfinished at a time. Resolves also when lines did not land, or the server
   * ended it: look at the report.
   * @throws Error when the source or the checkpoint cannot be used, saying what to do
   */
  importFile(source: ImportSource, options?: ImportFileOptions): Promise<ImportReport>;
}

/**
 * A client of one server for one organisation.
 *
 * @example
 * const client = new MemoryClient({ apiKey, orgId, baseUrl });
 * const job = await client.memories.ingest({ messages, user_id, conv_id });
 * const done = await client.memories.jobs.pollUntilDone(job.id);
 */
export class MemoryClient implements Client {
  /** Conversations to hand over, and the memories that they lead to. */
  readonly memories: Memories;
  /** Memories that are stored as they are: batches of up to 500, or whole files. */
  readonly batch: NodeBatches;
  /** Jobs of either kind. */
  readonly jobs: Jobs;

  /** @throws TypeError when the options and the environment together are not enough */
  constructor(options: MemoryClientOptions = {}) {
    const settings = normaliseOptions(options, readEnvironment());
    const client = createClient(createRuntime(settings), settings);
    this.memories = client.memories;
    this.jobs = client.jobs;
    this.batch = {
      ...client.batch,
      // Loaded when it is needed: whoever imports no files does not wait for its code.
      importFile: async (source, importOptions) =>
        (await import("./import/import-file.ts")).importFile(client, settings, source, importOptions),
    };
  }
}
