import { pingWire, type PingWire } from "../batch/account.ts";
import { auditPageWire, type AuditPageWire, type AuditQuery } from "../batch/audit.ts";
import { exportPageWire, type ExportLineWire } from "../export/export.ts";
import { createAgents, type Agents } from "./agents.ts";
import { createBatches, type Batches } from "./batches.ts";
import { createCaller, readBody, type CallOptions } from "./call.ts";
import { promiseCall, type CallPromise } from "./call-promise.ts";
import { createJobs, type Jobs } from "./jobs.ts";
import { createRequestNames } from "./request-names.ts";
import { createMemories, type Memories } from "./memories.ts";
import { itemsOfPages } from "./pages.ts";
import type { Runtime } from "./runtime.ts";
import { createUsers, type Users } from "./users.ts";

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
  readonly users: Users;
  readonly agents: Agents;
  /** A page of the audit log, newest first. */
  readonly audit: (query?: AuditQuery, options?: CallOptions) => CallPromise<AuditPageWire>;
  /** Checks the key. Counts toward no limit. @throws MemlaneError `unauthenticated` */
  readonly ping: (options?: CallOptions) => CallPromise<PingWire>;
  /** Everything that the organisation has stored, as lines that `memlane import` reads. */
  readonly export: (options?: CallOptions) => AsyncGenerator<ExportLineWire, void, undefined>;
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
  // Without an organisation, a client can still list and cancel its jobs: the batch dialect requires none.
  const callShared = orgId === undefined ? callBatch : callIngest;
  return {
    memories: createMemories(runtime, callIngest, callSharedPath, newName),
    batch: createBatches(runtime, callBatch, newName),
    jobs: createJobs(runtime, callShared, callBatch, newName),
    users: createUsers(callBatch),
    agents: createAgents(callBatch),
    audit: (query = {}, options = {}) =>
      promiseCall(
        callBatch({ method: "GET", path: "/v1/audit", query: { ...query }, ...options }),
        (response) => readBody(auditPageWire, response),
      ),
    ping: (options = {}) =>
      promiseCall(callBatch({ method: "GET", path: "/v1/ping", ...options }), (response) =>
        readBody(pingWire, response),
      ),
    export: (options = {}) =>
      itemsOfPages<{ readonly limit: number }, ExportLineWire>(
        async (query) =>
          readBody(
            exportPageWire,
            await callShared({ method: "GET", path: "/v1/export", query, ...options }),
          ),
        { limit: 500 },
      ),
  };
}
