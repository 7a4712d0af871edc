import { batchJobWire, type BatchJobWire } from "../batch/job.ts";
import type { BatchItem } from "../batch/requests.ts";
import { batchStatuses } from "../batch/status.ts";
import { createdBatchJobWire, type CreatedBatchJobWire } from "../ingest/job-token.ts";
import type { Caller, CreateOptions } from "./call.ts";
import type { CallPromise } from "./call-promise.ts";
import { createJobCalls, type JobCalls, type SendJob } from "./job-calls.ts";
import type { JobCreateOptions } from "./job-tokens.ts";
import type { CreateAndWaitOptions } from "./poll-options.ts";
import type { Runtime } from "./runtime.ts";

/** Batches of memories that are stored as they are. A batch that ends with `failed > 0` names those items in `errors`. */
export interface Batches extends JobCalls<BatchJobWire> {
  /** Submits 1 to 500 memories. @throws MemlaneError `too_many_batches` while three are unfinished */
  create(
    memories: readonly BatchItem[],
    options?: CreateOptions & JobCreateOptions,
  ): CallPromise<CreatedBatchJobWire>;
  /**
   * Submits 1 to 500 memories and waits until they are stored.
   * @throws MemlaneError without a `jobId` if the batch was not accepted, with it if its outcome is unknown
   */
  createAndWait(
    memories: readonly BatchItem[],
    options?: CreateAndWaitOptions<BatchJobWire>,
  ): Promise<BatchJobWire>;
}

const path = "/v1/batch";

/** Batch calls for this client's credentials. */
export function createBatches(runtime: Runtime, call: Caller, newKey: () => string): Batches {
  const { create, createAndWait, ...jobs } = createJobCalls(runtime, call, {
    readerOf: (id) => (request) => call({ method: "GET", path, id, ...request }),
    schema: batchJobWire,
    created: createdBatchJobWire,
    stateOf: batchStatuses.nameOf,
  });
  const sending =
    (memories: readonly BatchItem[], query: JobCreateOptions = {}): SendJob =>
    ({ idempotencyKey = newKey(), ...options }, headers) =>
      call({
        method: "POST",
        path,
        query: { ...query },
        headers: { "idempotency-key": idempotencyKey, ...headers },
        body: { memories },
        ...options,
      });
  return {
    ...jobs,
    create: (memories, { token, ...options } = {}) => create(sending(memories, { token }), options),
    createAndWait: (memories, options = {}) => createAndWait(sending(memories), options),
  };
}
