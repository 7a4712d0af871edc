import * as z from "zod/mini";

const count = z.int().check(z.gte(0));

/** The answer to `POST /v1/jobs/cancel` and `POST /v1/jobs/retry`. */
export const jobChangeWire = z.object({
  /** How many jobs could be changed when the request began. */
  matched: count,
  changed: count,
  /** How many of `matched` this request did not reach. Repeat it while there are any. */
  left: count,
});
/** How many jobs were changed, in the wire format. */
export interface JobChangeWire extends z.output<typeof jobChangeWire> {}
