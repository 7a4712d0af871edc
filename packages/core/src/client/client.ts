import { batchClientDialect } from "../batch/client-dialect.ts";
import { ingestClientDialect } from "../ingest/client-dialect.ts";
import { createBatches, type Batches } from "./batches.ts";
import { createCaller } from "./call.ts";
import type { Credentials } from "./credentials.ts";
import { clientDialects } from "./dialects.ts";
import { createContextCalls, type ContextCalls } from "./context.ts";
import { createEvents, type Events } from "./events.ts";
import { createFacts, type Facts } from "./facts.ts";
import { createJobs, type Jobs } from "./jobs.ts";
import { createRequestNames } from "./request-names.ts";
import { createMemories, type Memories } from "./memories.ts";
import type { Runtime } from "./runtime.ts";

/** All calls of a client. */
export interface Client extends ContextCalls {
  /** Conversations to submit, and the memories made from them. */
  readonly memories: Memories;
  /** Memories that are stored as they are, up to 500 in a batch. */
  readonly batch: Batches;
  /** Jobs of either kind. */
  readonly jobs: Jobs;
  /** Facts: mined from memories, found in conversations, or told. */
  readonly facts: Facts;
  /** The memories that were written, and whether their facts are mined. */
  readonly events: Events;
}

/** A client on a runtime. `memories` uses the ingest dialect, `jobs` uses all, and the others use the batch dialect. */
export function createClient(runtime: Runtime, credentials: Credentials): Client {
  const { apiKey, orgId } = credentials;
  const newName = createRequestNames(runtime);
  const callWith = (headers: Readonly<Record<string, string>>) => createCaller(runtime, headers, newName);
  const callIngest = callWith({ "x-api-key": apiKey, ...(orgId !== undefined && { "x-org-id": orgId }) });
  const callBatch = callWith(batchClientDialect.headersOf(credentials));
  // On a path that both dialects have, the organisation's header would select the ingest dialect.
  const callSharedPath = callWith(batchClientDialect.headersOf({ apiKey }));
  return {
    memories: createMemories(runtime, callIngest, callSharedPath, newName),
    batch: createBatches(runtime, callBatch, newName),
    facts: createFacts(callBatch),
    events: createEvents(callBatch),
    ...createContextCalls(callBatch),
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
