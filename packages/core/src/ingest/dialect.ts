import type { Dialect } from "../dialect/dialect.ts";
import { ingestErrors } from "./error.ts";
import { ingestErrorCodec } from "./error-codec.ts";
import { ingestJobCodec } from "./job-codec.ts";
import { ingestStatuses } from "./status.ts";

/** XTrace's memory API (seed 000): conversations in, memories out. */
export const ingestDialect = {
  name: "ingest",
  statuses: ingestStatuses,
  errors: ingestErrors,
  job: ingestJobCodec,
  error: ingestErrorCodec,
} as const satisfies Dialect;
