import {
  batchDeletionWire,
  batchMemoryPageWire,
  batchMemoryWithFactsWire,
  batchSearchWire,
  memoryHistoryWire,
  type BatchDeletionWire,
  type BatchMemoryWire,
  type BatchMemoryWithFactsWire,
  type BatchSearchWire,
  type MemoryHistoryWire,
} from "../batch/memory.ts";
import type { BatchItem, MemoryPatch, WrittenListQuery, WrittenSearchRequest } from "../batch/requests.ts";
import type { GroupChangeRequest } from "../ingest/group-requests.ts";
import { ingestJobWire, type IngestJobWire } from "../ingest/job.ts";
import {
  ingestMemoryPageWire,
  ingestMemoryWire,
  ingestSearchWire,
  type IngestMemoryPageWire,
  type IngestMemoryWire,
  type IngestSearchWire,
} from "../ingest/memory.ts";
import { createdIngestJobWire, type CreatedIngestJobWire } from "../ingest/job-token.ts";
import type { IngestRequest, ListQuery, SearchRequest } from "../ingest/requests.ts";
import type { TriggerRequest } from "../ingest/trigger.ts";
import { ingestStatuses } from "../ingest/status.ts";
import { readBody, type Caller, type CallOptions, type CreateOptions } from "./call.ts";
import { promiseBody, promiseCall, type CallPromise } from "./call-promise.ts";
import { createJobCalls, type JobCalls, type SendJob } from "./job-calls.ts";
import type { JobCreateOptions } from "./job-tokens.ts";
import { itemsOfOffsets } from "./offset-pages.ts";
import { itemsOfPages } from "./pages.ts";
import type { CreateAndWaitOptions } from "./poll-options.ts";
import type { Runtime } from "./runtime.ts";

/** Jobs that turn conversations into memories. */
export interface IngestJobs extends JobCalls<IngestJobWire> {}

/** Memories, and the conversations that they come from. */
export interface Memories {
  /**
   * Submits a conversation. With `wait`, the server answers when the job ends, or after 30 s; the default timeout of
   * the call is then 40 s.
   */
  ingest(
    request: IngestRequest,
    options?: CreateOptions & JobCreateOptions & { readonly wait?: boolean },
  ): CallPromise<CreatedIngestJobWire>;
  /**
   * Submits a conversation and waits until its job ends, at most `timeoutMs`.
   * @throws MemlaneError without a `jobId` if the conversation was not accepted; with a `jobId` if it was, but the
   * outcome of the job is unknown
   */
  ingestAndWait(
    request: IngestRequest,
    options?: CreateAndWaitOptions<IngestJobWire>,
  ): Promise<IngestJobWire>;
  /**
   * Stores one memory as it is, at once and without a job. Its facts are mined afterwards: `getWithFacts` has them once its
   * `status` is `ready`. Resolves with the memory in the batch dialect's format; the other calls accept its id in that format
   * too.
   * @throws MemlaneError `quota_exceeded`, `agent_cap_exceeded`, or `invalid_request` if the content is empty
   */
  create(memory: BatchItem, options?: CreateOptions): CallPromise<BatchMemoryWithFactsWire>;
  /** One memory in the batch dialect's format, with the facts that were mined from it. @throws MemlaneError `not_found` */
  getWithFacts(id: string, options?: CallOptions): CallPromise<BatchMemoryWithFactsWire>;
  /** Every matching memory in the batch dialect's format, with its metadata; reads the next page when it is needed. */
  listWritten(
    query?: WrittenListQuery,
    options?: CallOptions,
  ): AsyncGenerator<BatchMemoryWire, void, undefined>;
  /** The memories that match a question best, in the batch dialect's format, with their metadata. */
  searchWritten(request: WrittenSearchRequest, options?: CallOptions): CallPromise<BatchSearchWire>;
  /**
   * Changes the content of a verbatim memory, which was stored unchanged. Its facts are mined again.
   * @throws MemlaneError `not_found`; `stale_write` if it was changed since `expected_updated_at`; `conflict` if it is from
   * a conversation
   */
  update(id: string, patch: MemoryPatch, options?: CallOptions): CallPromise<BatchMemoryWithFactsWire>;
  /** What happened to a memory and its facts, oldest first; also of a forgotten one. @throws MemlaneError `not_found` */
  history(id: string, options?: CallOptions): CallPromise<MemoryHistoryWire>;
  /**
   * Forgets a memory: it is kept as history, and the facts that no other memory states are no longer true. `delete` deletes it
   * permanently.
   * @throws MemlaneError `not_found`
   */
  forget(id: string, options?: CallOptions): CallPromise<BatchDeletionWire>;
  /** One memory. @throws MemlaneError `memory_not_found` */
  get(id: string, options?: CallOptions): CallPromise<IngestMemoryWire>;
  /**
   * A memory, those that it replaced, and those that replaced it, in the order in which they were said.
   * @throws MemlaneError `memory_not_found`
   */
  revisions(id: string, options?: CallOptions): CallPromise<IngestMemoryPageWire>;
  /**
   * What a memory comes from, at most 100. These are messages, each as a memory that begins with its speaker and day. For a
   * mined fact, they are the memories that it was mined from. None if the messages are no longer kept.
   * @throws MemlaneError `memory_not_found`
   */
  sources(id: string, options?: CallOptions): CallPromise<IngestMemoryPageWire>;
  /** Every matching memory; reads the next page when it is needed. */
  list(query?: ListQuery, options?: CallOptions): AsyncGenerator<IngestMemoryWire, void, undefined>;
  /** One page; `next_cursor` leads to the next. */
  listPage(query?: ListQuery, options?: CallOptions): CallPromise<IngestMemoryPageWire>;
  /** The memories that match a question best, and a text made from them, for a prompt. */
  search(request: SearchRequest, options?: CallOptions): CallPromise<IngestSearchWire>;
  /**
   * The lessons and procedures that fit an action of the agent, or some identifiers. Call it before or after each use of a
   * tool: it is fast and does not count against the quota of searches.
   */
  trigger(request: TriggerRequest, options?: CallOptions): CallPromise<IngestSearchWire>;
  /** Deletes a memory permanently. @throws MemlaneError `memory_not_found` */
  delete(id: string, options?: CallOptions): CallPromise<void>;
  /**
   * Adds a memory to groups and removes it from others.
   * @throws MemlaneError `memory_not_found`, `invalid_group_ids`, `contradictory_group_ids`, or `empty_patch`
   */
  changeGroups(id: string, changes: GroupChangeRequest, options?: CallOptions): CallPromise<IngestMemoryWire>;
  readonly jobs: IngestJobs;
}

const path = "/v1/memories";

// The server may take 30 s to answer. With a shorter timeout, the id of a job that still runs would be lost.
const waitTimeoutMs = 40_000;

/** Memory calls for this client's credentials; `callBatch` sends requests in the batch dialect. */
export function createMemories(
  runtime: Runtime,
  call: Caller,
  callBatch: Caller,
  newKey: () => string,
): Memories {
  const { create, createAndWait, ...jobs } = createJobCalls(runtime, call, {
    readerOf: (id) => (request) => call({ method: "GET", path: "/v1/memories/jobs", id, ...request }),
    schema: ingestJobWire,
    created: createdIngestJobWire,
    stateOf: ingestStatuses.nameOf,
  });
  const listPage: Memories["listPage"] = (query = {}, options = {}) =>
    promiseBody(call({ method: "GET", path, query: { ...query }, ...options }), ingestMemoryPageWire);
  const sending =
    (body: IngestRequest, query: JobCreateOptions & { readonly wait?: true } = {}): SendJob =>
    ({ idempotencyKey = newKey(), ...options }, headers) =>
      call({
        method: "POST",
        path,
        query: { ...query },
        headers: { "idempotency-key": idempotencyKey, ...headers },
        body,
        ...options,
      });

  return {
    ingest: (request, { wait, token, ...options } = {}) =>
      wait
        ? create(sending(request, { wait, token }), {
            ...options,
            timeoutMs: options.timeoutMs ?? waitTimeoutMs,
          })
        : create(sending(request, { token }), options),
    ingestAndWait: (request, options = {}) => createAndWait(sending(request), options),
    create: (memory, { idempotencyKey = newKey(), ...options } = {}) => {
      const headers = { "idempotency-key": idempotencyKey };
      const answer = callBatch({ method: "POST", path, headers, body: memory, ...options });
      return promiseBody(answer, batchMemoryWithFactsWire);
    },
    getWithFacts: (id, options = {}) =>
      promiseBody(callBatch({ method: "GET", path, id, ...options }), batchMemoryWithFactsWire),
    listWritten: (query = {}, options = {}) =>
      itemsOfOffsets(query, async (page) => {
        const response = await callBatch({ method: "GET", path, query: { ...page }, ...options });
        const { memories, total } = readBody(batchMemoryPageWire, response);
        return { items: memories, total };
      }),
    searchWritten: (request, options = {}) =>
      promiseBody(
        callBatch({ method: "POST", path: "/v1/memories/search", body: request, ...options }),
        batchSearchWire,
      ),
    update: (id, patch, options = {}) =>
      promiseBody(
        callBatch({ method: "PATCH", path, id, body: patch, ...options }),
        batchMemoryWithFactsWire,
      ),
    history: (id, options = {}) =>
      promiseBody(callBatch({ method: "GET", path, id, action: "history", ...options }), memoryHistoryWire),
    forget: (id, options = {}) =>
      promiseBody(callBatch({ method: "DELETE", path, id, ...options }), batchDeletionWire),
    get: (id, options = {}) => promiseBody(call({ method: "GET", path, id, ...options }), ingestMemoryWire),
    revisions: (id, options = {}) =>
      promiseBody(call({ method: "GET", path, id, action: "revisions", ...options }), ingestMemoryPageWire),
    sources: (id, options = {}) =>
      promiseBody(call({ method: "GET", path, id, action: "sources", ...options }), ingestMemoryPageWire),
    list: (query = {}, options = {}) => itemsOfPages((each) => listPage(each, options), query),
    listPage,
    search: (request, options = {}) =>
      promiseBody(
        call({ method: "POST", path: "/v1/memories/search", body: request, ...options }),
        ingestSearchWire,
      ),
    trigger: (request, options = {}) =>
      promiseBody(
        call({ method: "POST", path: "/v1/memories/trigger", body: request, ...options }),
        ingestSearchWire,
      ),
    delete: (id, options = {}) => promiseCall(call({ method: "DELETE", path, id, ...options }), () => {}),
    changeGroups: (id, changes, options = {}) =>
      promiseBody(call({ method: "PATCH", path, id, body: changes, ...options }), ingestMemoryWire),
    jobs,
  };
}
