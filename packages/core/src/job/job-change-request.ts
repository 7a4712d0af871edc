import * as z from "zod/mini";
import { jobFilterFields } from "./job-filter.ts";
import { withDefault } from "../dialect/with-default.ts";

/** The body of `POST /v1/jobs/cancel` and `POST /v1/jobs/retry`. An unknown field would select too many jobs, so it is refused. */
export const jobChangeRequestWire = z.strictObject({
  filter: z.strictObject(jobFilterFields),
  /** Only counts the jobs. */
  dry_run: withDefault(z.boolean(), false),
});
