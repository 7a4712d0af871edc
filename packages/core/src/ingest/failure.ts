import * as z from "zod/mini";
import type { JobFailure } from "../job/job.ts";

/** Why an ingest job failed, in the wire format. */
export const ingestFailureWire = z.object({
  type: z._default(z.string(), "server_error"),
  /** `ingest_failed` or `rate_limit_exceeded`: the codes that clients of this dialect expect. */
  code: z.string(),
  message: z.string(),
  /** A more precise code, such as `cancelled` or `extractor_unavailable`; absent if there is none. */
  reason: z.optional(z.string()),
});

/** Why an ingest job failed, in the wire format. */
export interface IngestFailureWire extends z.output<typeof ingestFailureWire> {}

/** Prints a failure with this dialect's code and our own beside it. */
export function printIngestFailure({ type, code, message }: JobFailure): IngestFailureWire {
  const word = code === "rate_limit_exceeded" ? code : "ingest_failed";
  return { type, code: word, message, ...(code !== word && { reason: code }) };
}

/** Reads a failure, with the precise code if the server sends one. */
export function readIngestFailure({ type, code, message, reason }: IngestFailureWire): JobFailure {
  return { type, code: reason ?? code, message };
}
