import { batchJobWire, type BatchJobWire } from "../batch/job.ts";
import type { BatchItem } from "../batch/requests.ts";
import { batchStatuses } from "../batch/status.ts";
import { createdBatchJobWire, type CreatedBatchJobWire } from "../ingest/job-token.ts";
import type { Caller, CreateOptions } from "./call.ts";
import type { CallPromise } from "./call-promise.ts";
import { createJobCalls, type CreateAndWaitOptions, type JobCalls, type SendJob } from "./job-calls.ts";
import type { JobCreateOptions } from "./job-tokens.ts";
import type { Runtime } from "./runtime.ts";

/**
 * Batches of memories that are stored as they are. One that ends with `failed > 0` is a normal end: its `errors` name
 * the items.
 */
export interface Batches extends JobCalls<BatchJobWire> {
  /** Hands over 1 to 500 memories. @throws MemlaneError `too_many_batches` while three are unfinished */
  create(
    memories: readonly BatchItem[],
    options?: CreateOptions & JobCreateOptions,
  ): CallPromise<CreatedBatchJobWire>;
  /**
   * Hands over 1 to 500 memories and waits until they are stored.
   * @throws MemlaneError without a `jobId` when they were not accepted, with it when the end could not be learned
   */
  createAndWait(
    memories: readonly BatchItem[],
    options?: CreateAndWaitOptions<BatchJobWire>,
  ): Promise<BatchJobWire>;
}

/** The batches of whoever `call` speaks for. */
export function createBatches(runtime: Runtime, call: Caller, newKey: () => string): Batches {
  const source = {
    path: "/v1/batch",
    schema: batchJobWire,
    created: createdBatchJobWire,
    statuses: batchStatuses,
  };
  const { create, createAndWait, ...jobs } = createJobCalls(runtime, call, source);
  const sending =
    (memories: readonly BatchItem[], query: JobCreateOptions = {}): SendJob =>
    ({ idempotencyKey = newKey(), ...options }, headers) =>
      call({
        method: "POST",
        path: "/v1/batch",
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
