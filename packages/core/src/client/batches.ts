import { batchJobWire, type BatchJobWire } from "../batch/job.ts";
import type { BatchItem } from "../batch/requests.ts";
import { batchStatuses } from "../batch/status.ts";
import { parseRetryAfter } from "../poll/retry-after.ts";
import { readBody, type Caller, type CallOptions } from "./call.ts";
import { pollUntilDone, type PollOptions } from "./poll-until-done.ts";
import { resourcePath } from "./resource-path.ts";
import type { Runtime } from "./runtime.ts";

/** Batches of memories that are stored as they are. */
export interface Batches {
  /** Hands over 1 to 500 memories. */
  create(memories: readonly BatchItem[], options?: CallOptions): Promise<BatchJobWire>;
  /** The batch as it is now. @throws MemlaneError `not_found` */
  get(id: string, options?: CallOptions): Promise<BatchJobWire>;
  /**
   * Waits until the batch ends and resolves with it. One that ended with `failed > 0` is a normal end: its
   * `errors` name the items. @throws MemlaneError `timeout`
   */
  pollUntilDone(id: string, options?: PollOptions<BatchJobWire>): Promise<BatchJobWire>;
}

/** The batches of whoever `call` speaks for. */
export function createBatches(runtime: Runtime, call: Caller): Batches {
  const read = async (id: string, options: CallOptions, retry: "default" | "never") => {
    const path = resourcePath("/v1/batch", id);
    const response = await call({ method: "GET", path, retry, ...options });
    const job = readBody(batchJobWire, response);
    const retryAfterMs = parseRetryAfter(response.header("retry-after"), runtime.now());
    return { job, state: batchStatuses.nameOf(job.status), retryAfterMs };
  };
  return {
    create: async (memories, options = {}) =>
      readBody(
        batchJobWire,
        await call({ method: "POST", path: "/v1/batch", body: { memories }, ...options }),
      ),
    get: async (id, options = {}) => (await read(id, options, "default")).job,
    pollUntilDone: (id, options = {}) =>
      pollUntilDone(runtime, id, (request) => read(id, request, "never"), options),
  };
}
