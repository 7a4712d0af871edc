import type { Dialect } from "../dialect/dialect.ts";
import { batchErrors } from "./error.ts";
import { batchErrorCodec } from "./error-codec.ts";
import { batchJobCodec } from "./job-codec.ts";
import { batchStatuses } from "./status.ts";

/** Korely's agents API (seed 003): batches of memories in, counts and per-item errors out. */
export const batchDialect = {
  name: "batch",
  statuses: batchStatuses,
  errors: batchErrors,
  job: batchJobCodec,
  error: batchErrorCodec,
} as const satisfies Dialect;
