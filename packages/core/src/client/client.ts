import { createBatches, type Batches } from "./batches.ts";
import { createCaller } from "./call.ts";
import { createGroups, type Groups } from "./groups.ts";
import { createJobs, type Jobs } from "./jobs.ts";
import { createRequestNames } from "./request-names.ts";
import { createMemories, type Memories } from "./memories.ts";
import type { Runtime } from "./runtime.ts";
import { createUsage, type ReadUsage } from "./usage.ts";

/** The caller's credentials. */
export interface Credentials {
  /** An API key, or a token that the server accepts instead. */
  readonly apiKey: string;
  /** The key's organisation, which the ingest dialect requires. Our server refuses any other. */
  readonly orgId?: string | undefined;
}

/** All calls of a client. */
export interface Client {
  /** Conversations to submit, and the memories made from them. */
  readonly memories: Memories;
  /** Memories that are stored as they are, up to 500 in a batch. */
  readonly batch: Batches;
  /** Jobs of either kind. */
  readonly jobs: Jobs;
  /** Groups of memories that several users share. */
  readonly groups: Groups;
  /** Reads what the organisation has done this month and what it stores. */
  readonly usage: ReadUsage;
}

/** A client on a runtime. `memories` uses the ingest dialect, `batch` uses the batch dialect, and `jobs` uses both. */
export function createClient(runtime: Runtime, { apiKey, orgId }: Credentials): Client {
  const org = orgId === undefined ? {} : { "x-org-id": orgId };
  const bearer = { authorization: `Bearer ${apiKey}` };
  const newName = createRequestNames(runtime);
  const callIngest = createCaller(runtime, { "x-api-key": apiKey, ...org }, newName);
  const callBatch = createCaller(runtime, { ...bearer, ...org }, newName);
  // On a path that both dialects have, the organisation's header would select the ingest dialect.
  const callSharedPath = createCaller(runtime, bearer, newName);
  return {
    memories: createMemories(runtime, callIngest, callSharedPath, newName),
    batch: createBatches(runtime, callBatch, newName),
    // Without an organisation, a client can still list and cancel its jobs: the batch dialect requires none.
    jobs: createJobs(runtime, orgId === undefined ? callBatch : callIngest, callBatch, newName),
    groups: createGroups(callIngest),
    usage: createUsage(callIngest),
  };
}
