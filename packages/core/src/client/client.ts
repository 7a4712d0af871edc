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
  /** The key's organisation, which the ingest dialect requires; a server of ours refuses another with any call that names it. */
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
  const org = orgId === undefined ? {} : { "x-org-id": orgId };
  const bearer = { authorization: `Bearer ${apiKey}` };
  const newName = createRequestNames(runtime);
  const callIngest = createCaller(runtime, { "x-api-key": apiKey, ...org }, newName);
  const callBatch = createCaller(runtime, { ...bearer, ...org }, newName);
  // On a path that both dialects have, naming the organisation would choose the other.
  const callSharedPath = createCaller(runtime, bearer, newName);
  return {
    memories: createMemories(runtime, callIngest, callSharedPath, newName),
    batch: createBatches(runtime, callBatch, newName),
    // Whoever names no organisation can still list and cancel its jobs, as a caller of the batch dialect may.
    jobs: createJobs(orgId === undefined ? callBatch : callIngest, callBatch, newName),
  };
}
