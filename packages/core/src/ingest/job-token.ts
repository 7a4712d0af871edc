import * as z from "zod/mini";
import { batchJobWire, type BatchJobWire } from "../batch/job.ts";
import { ingestJobWire, type IngestJobWire } from "./job.ts";

/** A token that can read one job for some time, and the id of the job. */
export const jobTokenWire = z.object({
  object: z._default(z.literal("job_token"), "job_token"),
  id: z.string(),
  token: z.string(),
  /** When it expires, in ISO 8601. */
  expires_at: z.string(),
});
/** A token for a page in the wire format. */
export interface JobTokenWire extends z.output<typeof jobTokenWire> {}

const given = {
  /** Reads this job and nothing else; absent unless requested. */
  token: z.optional(z.string()),
};

/** The answer to the creation of an ingest job, with a token if one was requested. */
export const createdIngestJobWire = z.extend(ingestJobWire, given);
/** A new ingest job in the wire format. */
export interface CreatedIngestJobWire extends IngestJobWire, z.output<typeof createdIngestJobWire> {}

/** The answer to the creation of a batch, with a token if one was requested. */
export const createdBatchJobWire = z.extend(batchJobWire, {
  ...given,
  /** How many characters of the memories cannot be stored and were replaced by U+FFFD; absent if none. */
  replaced_characters: z.optional(z.int().check(z.gte(0))),
});
/** A new batch in the wire format. */
export interface CreatedBatchJobWire extends BatchJobWire, z.output<typeof createdBatchJobWire> {}
