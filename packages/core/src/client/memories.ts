import { batchMemoryWire, type BatchMemoryWire } from "../batch/memory.ts";
import type { BatchItem } from "../batch/requests.ts";
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
import { ingestStatuses } from "../ingest/status.ts";
import { readBody, type Caller, type CallOptions, type CreateOptions } from "./call.ts";
import { promiseCall, type CallPromise } from "./call-promise.ts";
import { createJobCalls, type CreateAndWaitOptions, type JobCalls, type SendJob } from "./job-calls.ts";
import type { JobCreateOptions } from "./job-tokens.ts";
import { itemsOfPages } from "./pages.ts";
import type { Runtime } from "./runtime.ts";

/** Ingest jobs, the ones that turn conversations into memories. */
export interface IngestJobs extends JobCalls<IngestJobWire> {}

/** Memories, and the conversations that they come from. */
export interface Memories {
  /**
   * Hands over a conversation. With `wait`, the server holds its answer until the job ends, 30 s at most, and the
   * call may take 40 s unless told otherwise.
   */
  ingest(
    request: IngestRequest,
    options?: CreateOptions & JobCreateOptions & { readonly wait?: boolean },
  ): CallPromise<CreatedIngestJobWire>;
  /**
   * Hands over a conversation and waits until its job ends, for as long as `timeoutMs` says.
   * @throws MemlaneError without a `jobId` when it was not accepted, with it when the end could not be learned
   */
  ingestAndWait(
    request: IngestRequest,
    options?: CreateAndWaitOptions<IngestJobWire>,
  ): Promise<IngestJobWire>;
  /**
   * Stores one memory as it is, at once and without a job. Comes to it in the words of the batch dialect, in which it is
   * made; the other calls take its id in that spelling too.
   * @throws MemlaneError `quota_exceeded`, `agent_cap_exceeded`, or `invalid_request` when the content is empty
   */
  create(memory: BatchItem, options?: CreateOptions): CallPromise<BatchMemoryWire>;
  /** One memory. @throws MemlaneError `memory_not_found` */
  get(id: string, options?: CallOptions): CallPromise<IngestMemoryWire>;
  /** A memory with what it took the place of and what took its place, the newest first. @throws MemlaneError `memory_not_found` */
  revisions(id: string, options?: CallOptions): CallPromise<IngestMemoryPageWire>;
  /** Every memory that fits, page by page as they are asked for. */
  list(query?: ListQuery, options?: CallOptions): AsyncGenerator<IngestMemoryWire, void, undefined>;
  /** One page; `next_cursor` leads to the next. */
  listPage(query?: ListQuery, options?: CallOptions): CallPromise<IngestMemoryPageWire>;
  /** The memories that fit a question best, and a block of them for a prompt. */
  search(request: SearchRequest, options?: CallOptions): CallPromise<IngestSearchWire>;
  /** Deletes for good. @throws MemlaneError `memory_not_found` */
  delete(id: string, options?: CallOptions): CallPromise<void>;
  readonly jobs: IngestJobs;
}

const path = "/v1/memories";

// A server may hold its answer for 30 s: who gave up with it would lose the id of a job that goes on.
const waitTimeoutMs = 40_000;

/** The memories of whoever `call` speaks for, and `callBatch` in the batch dialect. */
export function createMemories(
  runtime: Runtime,
  call: Caller,
  callBatch: Caller,
  newKey: () => string,
): Memories {
  const { create, createAndWait, ...jobs } = createJobCalls(runtime, call, {
    path: "/v1/memories/jobs",
    schema: ingestJobWire,
    created: createdIngestJobWire,
    statuses: ingestStatuses,
  });
  const listPage: Memories["listPage"] = (query = {}, options = {}) =>
    promiseCall(call({ method: "GET", path, query: { ...query }, ...options }), (response) =>
      readBody(ingestMemoryPageWire, response),
    );
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
      return promiseCall(answer, (response) => readBody(batchMemoryWire, response));
    },
    get: (id, options = {}) =>
      promiseCall(call({ method: "GET", path, id, ...options }), (response) =>
        readBody(ingestMemoryWire, response),
      ),
    revisions: (id, options = {}) =>
      promiseCall(call({ method: "GET", path, id, action: "revisions", ...options }), (response) =>
        readBody(ingestMemoryPageWire, response),
      ),
    list: (query = {}, options = {}) => itemsOfPages((each) => listPage(each, options), query),
    listPage,
    search: (request, options = {}) =>
      promiseCall(
        call({ method: "POST", path: "/v1/memories/search", body: request, ...options }),
        (response) => readBody(ingestSearchWire, response),
      ),
    delete: (id, options = {}) => promiseCall(call({ method: "DELETE", path, id, ...options }), () => {}),
    jobs,
  };
}
