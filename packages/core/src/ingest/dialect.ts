import type { Dialect } from "../dialect/dialect.ts";
import { ingestErrorCodec, ingestErrors } from "./error.ts";
import { ingestJobCodec } from "./job.ts";
import { ingestStatuses } from "./status.ts";

/** XTrace's memory API (seed 000): conversations in, memories out. */
export const ingestDialect = {
  name: "ingest",
  statuses: ingestStatuses,
  errors: ingestErrors,
  job: ingestJobCodec,
  error: ingestErrorCodec,
} as const satisfies Dialect;
