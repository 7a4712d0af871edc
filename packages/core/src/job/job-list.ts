import * as z from "zod/mini";
import { clientDialects, type AnyJobWire, type AnyJobStatus } from "../client/dialects.ts";
import { jobFilterFields, type JobFilter } from "./job-filter.ts";
import type { JobState } from "./job-machine.ts";

/** The state that a status word of any dialect means; undefined for an unknown word. */
export function stateOfAnyStatus(word: string): JobState | undefined {
  for (const { statuses } of clientDialects) {
    const state = statuses.nameOf(word);
    if (state !== undefined) return state;
  }
  return undefined;
}

/** All status words of all dialects. */
export const jobStatusWords: readonly AnyJobStatus[] = [
  ...new Set(clientDialects.flatMap(({ statuses }) => Object.values(statuses.words))),
];

/** The query of `GET /v1/jobs`; a status is a word of any dialect and selects jobs of all. */
export const jobListQueryWire = z.object({
  ...jobFilterFields,
  status: z.optional(
    z.pipe(
      z.enum(jobStatusWords),
      z.transform((word): JobState => stateOfAnyStatus(word)!),
    ),
  ),
  cursor: z.optional(z.string()),
  limit: z._default(z.coerce.number().check(z.int(), z.gte(1), z.lte(500)), 50),
});

/** Filters of a list of jobs. */
export interface JobListQuery extends JobFilter {
  /** A status word of any dialect; selects jobs of all. */
  readonly status?: AnyJobStatus;
  /** The `next_cursor` of the previous page. */
  readonly cursor?: string;
  /** Jobs per page, 1 to 500. @default 50 */
  readonly limit?: number;
}

/** A job of any dialect, in the format of its own. */
export const anyJobWire = z.union(
  // The ingest schema comes last: an ingest job never has the counts of a batch, but a batch may have every
  // field of an ingest job.
  clientDialects.map(({ jobWire }) => jobWire).toReversed(),
);

/** A page of jobs of any dialect, newest first; pass its `next_cursor` to get the next one. */
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
