import type { BatchStatus } from "../batch/status.ts";
import type { JsonObject } from "../json.ts";

const id = "job_8f2c1aab4d7e4f0c9a1b2c3d4e5f6a7b"; // the seed's own example

/** The job of the batch seed in each of its states, as on the wire; `completed` is its example. */
export const batchJobs = {
  pending: { id, status: "pending", received: 3, imported: 0, failed: 0, errors: [] },
  processing: { id, status: "processing", received: 3, imported: 1, failed: 0, errors: [] },
  completed: {
    id,
    status: "completed",
    received: 3,
    imported: 2,
    failed: 1,
    errors: [{ index: 2, error: "monthly write quota reached (25000)" }],
  },
  failed: { id, status: "failed", received: 3, imported: 1, failed: 0, errors: [] },
} as const satisfies Record<BatchStatus, JsonObject>;

/** The error messages of items in the batch seed. */
export const batchItemErrors = {
  quota: "monthly write quota reached (25000)",
  agentCap: "agent cap reached (3)",
  empty: "content must not be empty",
} as const;
