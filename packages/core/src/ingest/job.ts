import * as z from "zod/mini";
import { openWord } from "../dialect/open-word.ts";
import { jobFieldsWire } from "../job/job-fields.ts";
import { ingestFailureWire } from "./failure.ts";
import { ingestResultWire } from "./result.ts";
import { ingestStatuses } from "./status.ts";

/** The fields of an ingest job in the wire format, with these schemas for its parts. */
export const ingestJobOf = <
  JobId extends z.ZodMiniType,
  Status extends z.ZodMiniType,
  Instant extends z.ZodMiniType,
  Result extends z.ZodMiniType,
>(leaf: {
  readonly jobId: JobId;
  readonly status: Status;
  readonly instant: Instant;
  readonly result: Result;
}) =>
  z.object({
    object: z._default(z.literal("ingest_job"), "ingest_job"),
    id: leaf.jobId,
    /** `pending`, `running`, `succeeded` or `failed`; a newer server may send other words. */
    status: leaf.status,
    /** When it was submitted, in ISO 8601. */
    created_at: leaf.instant,
    /** When its status last changed, in ISO 8601. */
    updated_at: z.optional(z.nullable(leaf.instant)),
    /** The user of its conversation; absent after the user was erased, or if the server does not send it. */
    user_id: z.optional(z.string()),
    ...jobFieldsWire(leaf.instant),
    /** The result; null unless the job succeeded. */
    result: z._default(z.nullable(leaf.result), null),
    /** Why it failed; null if it did not fail. */
    error: z._default(z.nullable(ingestFailureWire), null),
  });

/** An ingest job as any server of this dialect may send it: its status may be an unknown word. */
export const ingestJobWire = ingestJobOf({
  jobId: z.string(),
  status: openWord(Object.values(ingestStatuses.words)),
  instant: z.string(),
  result: ingestResultWire,
});

/** The result of an ingest job in the wire format. */
export interface IngestResultWire extends z.output<typeof ingestResultWire> {}

/** An ingest job in the wire format. */
export interface IngestJobWire extends z.output<typeof ingestJobWire> {
  /** The result; null unless the job succeeded. */
  result: IngestResultWire | null;
}
