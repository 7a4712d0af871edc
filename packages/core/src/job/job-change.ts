// Cancelling and retrying all jobs that a filter selects.
import * as z from "zod/mini";
import { jobFilterFields } from "./job-filter.ts";

/** The body of `POST /v1/jobs/cancel` and `POST /v1/jobs/retry`. An unknown field would select too many jobs, so it is refused. */
export const jobChangeRequestWire = z.strictObject({
  filter: z.strictObject(jobFilterFields),
  /** Only counts the jobs. */
  dry_run: z._default(z.boolean(), false),
});

const count = z.int().check(z.gte(0));

/** The answer to both. */
export const jobChangeWire = z.object({
  /** How many jobs could be changed when the request began. */
  matched: count,
  changed: count,
  /** How many of them the next request changes. */
  left: count,
});
/** How many jobs were changed, in the wire format. */
export interface JobChangeWire extends z.output<typeof jobChangeWire> {}
