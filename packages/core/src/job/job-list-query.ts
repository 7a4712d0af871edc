// The query is not in the file of the answer, so that bundles of clients do not have the schemas of the server.
import * as z from "zod/mini";
import type { AnyJobStatus } from "../client/dialects.ts";
import { jobFilterFields, type JobFilter } from "./job-filter.ts";
import { jobStatusWords, stateOfAnyStatus } from "./job-list.ts";
import type { JobState } from "./job-machine.ts";

/** The query of `GET /v1/jobs`. Its `status` may be a word of any dialect, and selects jobs of all dialects. */
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
  /** A status word of any dialect; it selects jobs of all dialects. */
  readonly status?: AnyJobStatus;
  /** The `next_cursor` of the previous page. */
  readonly cursor?: string;
  /** Jobs per page, 1 to 500. @default 50 */
  readonly limit?: number;
}
