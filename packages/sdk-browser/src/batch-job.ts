import type { BatchJobWire } from "@memlane/core";
import { readFailure } from "./failure.ts";
import { countOf, flagOf, listOf, objectOf, optional, textOf, withDefault, type Read } from "./json.ts";

const readItemError = objectOf<BatchJobWire["errors"][number]>({
  index: countOf,
  error: textOf,
  code: optional(textOf),
  retryable: optional(flagOf),
  id: optional(textOf),
});

/** Reads a batch job exactly as core's `batchJobWire` does. @throws TypeError if it is not a batch job */
export const readBatchJob: Read<BatchJobWire> = objectOf<BatchJobWire>({
  id: textOf,
  status: textOf,
  received: countOf,
  imported: countOf,
  failed: countOf,
  errors: withDefault(listOf(readItemError), []),
  error: optional(readFailure),
  expires_at: optional(textOf),
});
