import { batchJobWire, type BatchJobWire } from "../batch/job.ts";
import type { BatchItem } from "../batch/requests.ts";
import { batchStatuses } from "../batch/status.ts";
import { readBody, type Caller, type CallOptions, type CreateOptions } from "./call.ts";
import { createJobReader } from "./job-reader.ts";
import { pollUntilDone, type PollOptions } from "./poll-until-done.ts";
import type { Runtime } from "./runtime.ts";

/** Batches of memories that are stored as they are. */
export interface Batches {
  /** Hands over 1 to 500 memories. */
  create(memories: readonly BatchItem[], options?: CreateOptions): Promise<BatchJobWire>;
  /** The batch as it is now. @throws MemlaneError `not_found` */
  get(id: string, options?: CallOptions): Promise<BatchJobWire>;
  /**
   * Waits until the batch ends and resolves with it. One that ended with `failed > 0` is a normal end: its
   * `errors` name the items. @throws MemlaneError `timeout`
   */
  pollUntilDone(id: string, options?: PollOptions<BatchJobWire>): Promise<BatchJobWire>;
}

/** The batches of whoever `call` speaks for. */
export function createBatches(runtime: Runtime, call: Caller, newKey: () => string): Batches {
  const source = { path: "/v1/batch", schema: batchJobWire, statuses: batchStatuses };
  const jobs = createJobReader(runtime, call, source);
  return {
    async create(memories, { idempotencyKey = newKey(), ...options } = {}) {
      const headers = { "idempotency-key": idempotencyKey };
      return readBody(
        batchJobWire,
        await call({ method: "POST", path: "/v1/batch", headers, body: { memories }, ...options }),
      );
    },
    get: (id, options = {}) => jobs.get(id, options),
    pollUntilDone: async (id, options = {}) => pollUntilDone(runtime, id, jobs.reading(id), options),
  };
}
