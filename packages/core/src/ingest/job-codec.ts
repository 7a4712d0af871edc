import * as z from "zod/mini";
import { jobIdWire } from "../dialect/id-wire.ts";
import { instantWire } from "../dialect/instant.ts";
import { vocabularyWire } from "../dialect/vocabulary.ts";
import type { IngestJob } from "../job/job.ts";
import { printJobFields, readJobFields } from "../job/job-fields.ts";
import { printIngestFailure, readIngestFailure } from "./failure.ts";
import { ingestJobOf } from "./job.ts";
import { exactIngestResultWire, ingestResultRenaming } from "./result-codec.ts";
import { ingestStatuses } from "./status.ts";

const exactJob = ingestJobOf({
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
      userId: wire.user_id,
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
    user_id: job.userId,
    ...printJobFields(job),
    result: job.state === "succeeded" ? ingestResultRenaming.print(job.result) : null,
    error: job.state === "failed" ? printIngestFailure(job.failure) : null,
  }),
});
