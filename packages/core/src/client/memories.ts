import { ingestJobWire, type IngestJobWire } from "../ingest/job.ts";
import {
  ingestMemoryPageWire,
  ingestMemoryWire,
  ingestSearchWire,
  type IngestMemoryPageWire,
  type IngestMemoryWire,
  type IngestSearchWire,
} from "../ingest/memory.ts";
import type { IngestRequest, ListQuery, SearchRequest } from "../ingest/requests.ts";
import { ingestStatuses } from "../ingest/status.ts";
import { readBody, type Caller, type CallOptions, type CreateOptions } from "./call.ts";
import { createJobReader } from "./job-reader.ts";
import { itemsOfPages } from "./pages.ts";
import { pollUntilDone, type PollOptions } from "./poll-until-done.ts";
import { resourcePath } from "./resource-path.ts";
import type { Runtime } from "./runtime.ts";

/** Ingest jobs, the ones that turn conversations into memories. */
export interface IngestJobs {
  /** The job as it is now. @throws MemlaneError `job_not_found` */
  get(id: string, options?: CallOptions): Promise<IngestJobWire>;
  /** Waits until the job ends and resolves with it, also when it failed. @throws MemlaneError `timeout` */
  pollUntilDone(id: string, options?: PollOptions<IngestJobWire>): Promise<IngestJobWire>;
}

/** Memories, and the conversations that they come from. */
export interface Memories {
  /**
   * Hands over a conversation. With `wait`, the server holds its answer until the job ends, 30 s at most, and the
   * call may take 40 s unless told otherwise.
   */
  ingest(
    request: IngestRequest,
    options?: CreateOptions & { readonly wait?: boolean },
  ): Promise<IngestJobWire>;
  /** @throws MemlaneError `memory_not_found` */
  get(id: string, options?: CallOptions): Promise<IngestMemoryWire>;
  /** Every memory that fits, page by page as they are asked for. */
  list(query?: ListQuery, options?: CallOptions): AsyncGenerator<IngestMemoryWire, void, undefined>;
  /** One page. */
  listPage(query?: ListQuery, options?: CallOptions): Promise<IngestMemoryPageWire>;
  search(request: SearchRequest, options?: CallOptions): Promise<IngestSearchWire>;
  /** Deletes for good. @throws MemlaneError `memory_not_found` */
  delete(id: string, options?: CallOptions): Promise<void>;
  readonly jobs: IngestJobs;
}

// A server may hold its answer for 30 s: who gave up with it would lose the id of a job that goes on.
const waitTimeoutMs = 40_000;

/** The memories of whoever `call` speaks for. */
export function createMemories(runtime: Runtime, call: Caller, newKey: () => string): Memories {
  const jobs = createJobReader(runtime, call, {
    path: "/v1/memories/jobs",
    schema: ingestJobWire,
    statuses: ingestStatuses,
  });
  const listPage: Memories["listPage"] = async (query = {}, options = {}) =>
    readBody(
      ingestMemoryPageWire,
      await call({ method: "GET", path: "/v1/memories", query: { ...query }, ...options }),
    );

  return {
    async ingest(request, { wait, timeoutMs, idempotencyKey = newKey(), ...options } = {}) {
      const headers = { "idempotency-key": idempotencyKey };
      const waiting = wait ? { query: { wait: true }, timeoutMs: timeoutMs ?? waitTimeoutMs } : { timeoutMs };
      return readBody(
        ingestJobWire,
        await call({ method: "POST", path: "/v1/memories", headers, body: request, ...waiting, ...options }),
      );
    },
    async get(id, options = {}) {
      return readBody(ingestMemoryWire, await call({ method: "GET", path: memoryPath(id), ...options }));
    },
    list: (query = {}, options = {}) =>
      itemsOfPages((cursor) => listPage(cursor === undefined ? query : { ...query, cursor }, options)),
    listPage,
    async search(request, options = {}) {
      return readBody(
        ingestSearchWire,
        await call({ method: "POST", path: "/v1/memories/search", body: request, ...options }),
      );
    },
    async delete(id, options = {}) {
      await call({ method: "DELETE", path: memoryPath(id), ...options });
    },
    jobs: {
      get: (id, options = {}) => jobs.get(id, options),
      pollUntilDone: async (id, options = {}) => pollUntilDone(runtime, id, jobs.reading(id), options),
    },
  };
}

function memoryPath(id: string): string {
  return resourcePath("/v1/memories", id);
}
