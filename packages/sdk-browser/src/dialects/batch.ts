import { batchStatuses, type BatchJobWire } from "@memlane/core";
import type { JobDialect } from "../job-dialect.ts";
import { sharedFields, type PageFields } from "../job-snapshot.ts";
import { readFailure } from "./failure.ts";
import { countOf, flagOf, listOf, objectOf, optional, textOf, withDefault, type Read } from "../json.ts";

const readItemError = objectOf<BatchJobWire["errors"][number]>({
  index: countOf,
  error: textOf,
  code: optional(textOf),
  retryable: optional(flagOf),
  id: optional(textOf),
});

/**
 * Reads a batch job exactly as core's `batchJobWire` does, without the fields about earlier attempts (see `PageFields`).
 *
 * @throws TypeError if it is not a batch job
 */
const readBatchJob: Read<BatchJobWire> = objectOf<PageFields<BatchJobWire>>({
  ...sharedFields,
  received: countOf,
  imported: countOf,
  failed: countOf,
  errors: withDefault(listOf(readItemError), []),
  error: optional(readFailure),
});

/** The batch dialect. */
export const batchDialect: JobDialect<BatchJobWire> = {
  path: "/v1/batch",
  statuses: batchStatuses,
  readJob: readBatchJob,
};
