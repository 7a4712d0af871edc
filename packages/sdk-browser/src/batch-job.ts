import type { BatchJobWire } from "@memlane/core";
import { readFailure } from "./ingest-job.ts";
import { countOf, fieldsOf, flagOf, listOf, optionalOf, textOf } from "./json.ts";

/** Reads a batch job as core's `batchJobWire` does. @throws TypeError when it is none */
export function readBatchJob(json: unknown): BatchJobWire {
  const { id, status, received, imported, failed, errors = [], error, expires_at } = fieldsOf(json);
  return {
    id: textOf(id),
    status: textOf(status),
    received: countOf(received),
    imported: countOf(imported),
    failed: countOf(failed),
    errors: listOf(errors, (item) => {
      const { index, error: sentence, code, retryable, id: itemId } = fieldsOf(item);
      return {
        index: countOf(index),
        error: textOf(sentence),
        code: optionalOf(code, textOf),
        retryable: optionalOf(retryable, flagOf),
        id: optionalOf(itemId, textOf),
      };
    }),
    error: optionalOf(error, readFailure),
    expires_at: optionalOf(expires_at, textOf),
  };
}
