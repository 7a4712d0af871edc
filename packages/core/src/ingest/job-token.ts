import * as z from "zod/mini";
import { batchJobWire } from "../batch/job.ts";
import { ingestJobWire } from "./job.ts";

/** A token that reads one job for a while, and the job's id: all that a page needs. */
export const jobTokenWire = z.object({
  object: z._default(z.literal("job_token"), "job_token"),
  id: z.string(),
  token: z.string(),
  expires_at: z.string(),
});
/** A token for a page, as the wire has it; `expires_at` is in ISO 8601. */
export type JobTokenWire = z.output<typeof jobTokenWire>;

const given = { token: z.optional(z.string()) };

/** An ingest job as its creation answers it: with a token that reads it, if one was asked for. */
export const createdIngestJobWire = z.extend(ingestJobWire, given);
/** A new ingest job, as the wire has it. */
export type CreatedIngestJobWire = z.output<typeof createdIngestJobWire>;

/** A batch as its creation answers it: with a token that reads it, if one was asked for. */
export const createdBatchJobWire = z.extend(batchJobWire, given);
/** A new batch, as the wire has it. */
export type CreatedBatchJobWire = z.output<typeof createdBatchJobWire>;
