import { auditPageWire, type AuditPageWire } from "../batch/audit.ts";
import type { AuditQuery } from "../batch/audit-query.ts";
import { batchClientDialect } from "../batch/client-dialect.ts";
import { pingWire, type PingWire } from "../batch/ping.ts";
import { exportPageWire, type ExportLineWire } from "../export/export.ts";
import { ingestClientDialect } from "../ingest/client-dialect.ts";
import { createDeleteAccount, type DeleteAccount } from "./account.ts";
import { createAgents, type Agents } from "./agents.ts";
import { createBatches, type Batches } from "./batches.ts";
import { createCaller, readBody, type CallOptions } from "./call.ts";
import { promiseBody, type CallPromise } from "./call-promise.ts";
import type { Credentials } from "./credentials.ts";
import { clientDialects } from "./dialects.ts";
import { createContextCalls, type ContextCalls } from "./context.ts";
import { createEvents, type Events } from "./events.ts";
import { createFacts, type Facts } from "./facts.ts";
import { createGroups, type Groups } from "./groups.ts";
import { createJobs, type Jobs } from "./jobs.ts";
import { createRequestIds } from "./request-ids.ts";
import { createMemories, type Memories } from "./memories.ts";
import { createOperations, type Operations } from "./operations.ts";
import { itemsOfPages } from "./pages.ts";
import type { Runtime } from "./runtime.ts";
import { createUsage, type ReadUsage } from "./usage.ts";
import { createUsers, type Users } from "./users.ts";
import { createWebhooks, type Webhooks } from "./webhooks.ts";

/** All calls of a client. */
export interface Client extends ContextCalls {
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
  /** Facts: mined from memories, found in conversations, or added by a client. */
  readonly facts: Facts;
  /** The memories that were written, and whether their facts are mined. */
  readonly events: Events;
  /** Groups of memories that several users share. */
  readonly groups: Groups;
  /** Reads what the organisation has done this month and what it stores. */
  readonly usage: ReadUsage;
  /** For operators: what runs, what failed and why. */
  readonly operations: Operations;
  /** The URLs to which the server posts events. */
  readonly webhooks: Webhooks;
  /**
   * Deletes the organisation, with everything that it has stored and all its keys. It must have signed up itself.
   * @throws MemlaneError `account_has_login` if an operator created it
   */
  readonly deleteAccount: DeleteAccount;
}

/** A client on a runtime. Each call uses the dialect that has its route; `jobs` uses all. */
export function createClient(runtime: Runtime, credentials: Credentials): Client {
  const { apiKey, orgId } = credentials;
  const newId = createRequestIds(runtime);
  const callWith = (headers: Readonly<Record<string, string>>) => createCaller(runtime, headers, newId);
  const callIngest = callWith({ "x-api-key": apiKey, ...(orgId !== undefined && { "x-org-id": orgId }) });
  // `/v1/memories` is in both dialects, and the organisation's header would select the ingest dialect.
  // So these calls leave it out.
  const callWithoutOrg = callWith(batchClientDialect.headersOf({ apiKey }));
  const callBatch = callWith(batchClientDialect.headersOf(credentials));
  const callCommon = callWith(ingestClientDialect.headersOf(credentials));
  return {
    memories: createMemories(runtime, callIngest, callWithoutOrg, newId),
    batch: createBatches(runtime, callBatch, newId),
    facts: createFacts(callBatch),
    events: createEvents(callBatch),
    ...createContextCalls(callBatch),
    jobs: createJobs(runtime, {
      call: callCommon,
      readers: clientDialects.map(({ jobsPath, headersOf }) => ({
        path: jobsPath,
        call: callWith(headersOf(credentials)),
      })),
      newKey: newId,
    }),
    users: createUsers(callBatch),
    agents: createAgents(callBatch),
    audit: (query = {}, options = {}) =>
      promiseBody(
        callBatch({ method: "GET", path: "/v1/audit", query: { ...query }, ...options }),
        auditPageWire,
      ),
    ping: (options = {}) => promiseBody(callBatch({ method: "GET", path: "/v1/ping", ...options }), pingWire),
    export: (options = {}) =>
      itemsOfPages<{ readonly limit: number }, ExportLineWire>(
        async (query) =>
          readBody(
            exportPageWire,
            await callCommon({ method: "GET", path: "/v1/export", query, ...options }),
          ),
        { limit: 500 },
      ),
    groups: createGroups(callIngest),
    usage: createUsage(callIngest),
    operations: createOperations(callCommon),
    webhooks: createWebhooks(callCommon),
    deleteAccount: createDeleteAccount(callBatch),
  };
}
