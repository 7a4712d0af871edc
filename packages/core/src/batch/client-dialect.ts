import type { ClientDialect } from "../dialect/client-dialect.ts";
import { errorWire } from "../dialect/error-wire.ts";
import { batchErrors } from "./error.ts";
import { batchJobWire, type BatchJobWire } from "./job.ts";
import { batchStatuses, type BatchStatus } from "./status.ts";

/** The batch dialect as a client reads it. */
export const batchClientDialect: ClientDialect<BatchJobWire, BatchStatus> = {
  name: "batch",
  statuses: batchStatuses,
  errors: batchErrors,
  jobsPath: "/v1/batch",
  jobWire: batchJobWire,
  errorWire,
  headersOf: ({ apiKey, orgId }) => ({
    authorization: `Bearer ${apiKey}`,
    ...(orgId !== undefined && { "x-org-id": orgId }),
  }),
};
