import { batchClientDialect } from "../batch/client-dialect.ts";
import { ingestClientDialect } from "../ingest/client-dialect.ts";
import { createBatches, type Batches } from "./batches.ts";
import { createCaller } from "./call.ts";
import type { Credentials } from "./credentials.ts";
import { clientDialects } from "./dialects.ts";
import { createJobs, type Jobs } from "./jobs.ts";
import { createRequestNames } from "./request-names.ts";
import { createMemories, type Memories } from "./memories.ts";
import type { Runtime } from "./runtime.ts";

/** All calls of a client. */
export interface Client {
  /** Conversations to submit, and the memories made from them. */
  readonly memories: Memories;
  /** Memories that are stored as they are, up to 500 in a batch. */
  readonly batch: Batches;
  /** Jobs of either kind. */
  readonly jobs: Jobs;
}

/** A client on a runtime. `memories` uses the ingest dialect, `batch` uses the batch dialect, and `jobs` uses all. */
export function createClient(runtime: Runtime, credentials: Credentials): Client {
  const { apiKey, orgId } = credentials;
  const newName = createRequestNames(runtime);
  const callWith = (headers: Readonly<Record<string, string>>) => createCaller(runtime, headers, newName);
  const callIngest = callWith({ "x-api-key": apiKey, ...(orgId !== undefined && { "x-org-id": orgId }) });
  // On a path that both dialects have, the organisation's header would select the ingest dialect.
  const callSharedPath = callWith(batchClientDialect.headersOf({ apiKey }));
  return {
    memories: createMemories(runtime, callIngest, callSharedPath, newName),
    batch: createBatches(runtime, callWith(batchClientDialect.headersOf(credentials)), newName),
    jobs: createJobs(runtime, {
      call: callWith(ingestClientDialect.headersOf(credentials)),
      readers: clientDialects.map(({ jobsPath, headersOf }) => ({
        path: jobsPath,
        call: callWith(headersOf(credentials)),
      })),
      newKey: newName,
    }),
  };
}
