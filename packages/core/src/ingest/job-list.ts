import * as z from "zod/mini";
import { batchJobWire, type BatchJobWire } from "../batch/job.ts";
import { batchStatuses, type BatchStatus } from "../batch/status.ts";
import type { JobState } from "../job/job-machine.ts";
import { ingestJobWire, type IngestJobWire } from "./job.ts";
import { ingestStatuses, type IngestStatus } from "./status.ts";

/** All status words of both dialects. */
export const jobStatusWords: readonly (IngestStatus | BatchStatus)[] = [
  ...new Set([...Object.values(ingestStatuses.words), ...Object.values(batchStatuses.words)]),
];

/** The query of `GET /v1/jobs`; a status is a word of either dialect and selects jobs of both. */
export const jobListQueryWire = z.object({
  kind: z.optional(z.enum(["ingest", "batch"])),
  status: z.optional(
    z.pipe(
      z.enum(jobStatusWords),
      z.transform((word): JobState => ingestStatuses.nameOf(word) ?? batchStatuses.nameOf(word)!),
    ),
  ),
  cursor: z.optional(z.string()),
  limit: z._default(z.coerce.number().check(z.int(), z.gte(1), z.lte(500)), 50),
});

/** Filters of a list of jobs. */
export interface JobListQuery {
  readonly kind?: "ingest" | "batch";
  /** A status word of either dialect; selects jobs of both. */
  readonly status?: IngestStatus | BatchStatus;
  /** The `next_cursor` of the previous page. */
  readonly cursor?: string;
  /** Jobs per page, 1 to 500. @default 50 */
  readonly limit?: number;
}

// The batch schema is tried first: an ingest job never has the counts of a batch, but a batch may
// have every field of an ingest job.
/** A job of either kind, in the format of its own dialect. */
export const anyJobWire = z.union([batchJobWire, ingestJobWire]);
/** A job of either kind: a batch has `received`, an ingest job does not. */
export type AnyJobWire = BatchJobWire | IngestJobWire;

/** A page of jobs of either kind, newest first; pass its `next_cursor` to get the next one. */
export const jobPageWire = z.object({
  object: z._default(z.literal("list"), "list"),
  data: z.array(anyJobWire),
  has_more: z.boolean(),
  /** For the next page; null on the last. */
  next_cursor: z._default(z.nullable(z.string()), null),
});
/** A page of jobs in the wire format. */
export interface JobPageWire extends z.output<typeof jobPageWire> {
  data: AnyJobWire[];
}
