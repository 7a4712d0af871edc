import { createBatches, type Batches } from "./batches.ts";
import { createCaller } from "./call.ts";
import { createRequestNames } from "./request-names.ts";
import { createMemories, type Memories } from "./memories.ts";
import type { Runtime } from "./runtime.ts";

/** Who is calling. */
export interface Credentials {
  /** An API key, or a token that stands for one. */
  readonly apiKey: string;
  /** The key's organisation; the ingest dialect requires it. */
  readonly orgId?: string | undefined;
}

/** The whole client surface. */
export interface Client {
  readonly memories: Memories;
  readonly batch: Batches;
}

/** The client surface over a runtime: `memories` speaks the ingest dialect, `batch` the batch dialect. */
export function createClient(runtime: Runtime, { apiKey, orgId }: Credentials): Client {
  const ingest = { "x-api-key": apiKey, ...(orgId !== undefined && { "x-org-id": orgId }) };
  const batch = { authorization: `Bearer ${apiKey}` };
  const newName = createRequestNames(runtime);
  return {
    memories: createMemories(runtime, createCaller(runtime, ingest, newName), newName),
    batch: createBatches(runtime, createCaller(runtime, batch, newName), newName),
  };
}
