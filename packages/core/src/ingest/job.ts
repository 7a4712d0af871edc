import * as z from "zod/mini";
import { jobIdWire } from "../dialect/id-wire.ts";
import { instantWire } from "../dialect/instant.ts";
import { openWord } from "../dialect/open-word.ts";
import { vocabularyWire } from "../dialect/vocabulary.ts";
import type { IngestJob } from "../job/job.ts";
import { jobFieldsWire, printJobFields, readJobFields } from "../job/job-fields.ts";
import { ingestFailureWire, printIngestFailure, readIngestFailure } from "./failure.ts";
import { exactIngestResultWire, ingestResultRenaming, ingestResultWire } from "./result.ts";
import { ingestStatuses } from "./status.ts";

const jobOf = <
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
    updated_at: z.optional(leaf.instant),
    ...jobFieldsWire(leaf.instant),
    /** The result; null unless the job succeeded. */
    result: z._default(z.nullable(leaf.result), null),
    /** Why it failed; null if it did not fail. */
    error: z._default(z.nullable(ingestFailureWire), null),
  });

/** An ingest job as any server of this dialect may send it: its status may be an unknown word. */
export const ingestJobWire = jobOf({
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

const exactJob = jobOf({
  jobId: jobIdWire,
  status: vocabularyWire(ingestStatuses),
  instant: instantWire,
  result: exactIngestResultWire,
});

/** Reads an ingest job off the wire and prints one. Refuses a status that contradicts `result` or `error`. */
export const ingestJobCodec = z.codec(exactJob, z.custom<IngestJob>(), {
  decode: (wire, context) => {
    const { id, status, result, error } = wire;
    const base = {
      kind: "ingest",
      id,
      createdAt: wire.created_at,
      updatedAt: wire.updated_at ?? wire.created_at,
      ...readJobFields(wire),
    } as const;
    if (status === "succeeded" && result !== null && error === null) {
      return { ...base, state: status, result: ingestResultRenaming.read(result) };
    }
    if (status === "failed" && error !== null && result === null)
      return { ...base, state: status, failure: readIngestFailure(error) };
    if ((status === "queued" || status === "active") && error === null && result === null) {
      return { ...base, state: status };
    }
    context.issues.push({
      code: "custom",
      input: wire,
      message: "status, result and error contradict each other",
    });
    return z.NEVER;
  },
  encode: (job) => ({
    object: "ingest_job" as const,
    id: job.id,
    status: job.state,
    created_at: job.createdAt,
    updated_at: job.updatedAt,
    ...printJobFields(job),
    result: job.state === "succeeded" ? ingestResultRenaming.print(job.result) : null,
    error: job.state === "failed" ? printIngestFailure(job.failure) : null,
  }),
});
