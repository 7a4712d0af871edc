import { createBatches, type Batches } from "./batches.ts";
import { createCaller } from "./call.ts";
import { createJobs, type Jobs } from "./jobs.ts";
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
  /** Conversations to hand over, and the memories that they lead to. */
  readonly memories: Memories;
  /** Memories that are stored as they are, up to 500 in a batch. */
  readonly batch: Batches;
  /** Jobs of either kind. */
  readonly jobs: Jobs;
}

/** The client surface over a runtime: `memories` speaks the ingest dialect, `batch` the batch dialect, `jobs` both. */
export function createClient(runtime: Runtime, { apiKey, orgId }: Credentials): Client {
  const ingest = { "x-api-key": apiKey, ...(orgId !== undefined && { "x-org-id": orgId }) };
  const batch = { authorization: `Bearer ${apiKey}` };
  const newName = createRequestNames(runtime);
  const callIngest = createCaller(runtime, ingest, newName);
  const callBatch = createCaller(runtime, batch, newName);
  return {
    memories: createMemories(runtime, callIngest, callBatch, newName),
    batch: createBatches(runtime, callBatch, newName),
    // Whoever names no organisation can still list and cancel its jobs, as a caller of the batch dialect may.
    jobs: createJobs(orgId === undefined ? callBatch : callIngest, callBatch),
  };
}
