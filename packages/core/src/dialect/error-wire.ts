import * as z from "zod/mini";
import { quotaFields, readQuota } from "../errors/quota.ts";

const issue = z.object({ field: z.string(), message: z.string(), type: z.string() });
const detailsWire = z.optional(z.looseObject({ errors: z.optional(z.array(issue)) }));
const factId = z.nullish(z.string());

/** An error as a client reads it, without the envelope of its dialect. */
export const errorWire = z.pipe(
  z.looseObject({
    code: z.string(),
    message: z.string(),
    request_id: z.nullish(z.string()),
  }),
  // These parts are read leniently. `z.catch` would add 3 kB to each bundle.
  z.transform(({ code, message, request_id, current_fact_id, details: sentDetails, ...rest }) => {
    const details = detailsWire.safeParse(sentDetails).data;
    return {
      code,
      message,
      request_id,
      current_fact_id: factId.safeParse(current_fact_id).data,
      issues: details?.errors,
      quota: readQuota(quotaFields.safeParse(details ?? rest).data ?? {}),
    };
  }),
);
/** An error in the wire format. */
export interface ErrorWire extends z.output<typeof errorWire> {}
