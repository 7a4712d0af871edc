import type { BatchJobWire } from "@memlane/core";
import { countOf, fieldsOf, listOf, textOf } from "./json.ts";

/** Reads a batch job as core's `batchJobWire` does. @throws TypeError when it is none */
export function readBatchJob(json: unknown): BatchJobWire {
  const { id, status, received, imported, failed, errors = [] } = fieldsOf(json);
  return {
    id: textOf(id),
    status: textOf(status),
    received: countOf(received),
    imported: countOf(imported),
    failed: countOf(failed),
    errors: listOf(errors, (item) => {
      const { index, error } = fieldsOf(item);
      return { index: countOf(index), error: textOf(error) };
    }),
  };
}
