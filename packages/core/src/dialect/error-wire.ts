import * as z from "zod/mini";
import { quotaFields, readQuota } from "../errors/quota.ts";

const issue = z.object({ field: z.string(), message: z.string(), type: z.string() });
const lenientQuota = z.catch(quotaFields, {});

/** An error as a client reads it, without the envelope of its dialect. */
export const errorWire = z.pipe(
  z.looseObject({
    code: z.string(),
    message: z.string(),
    request_id: z.nullish(z.string()),
    current_fact_id: z.catch(z.nullish(z.string()), undefined),
    details: z.catch(z.optional(z.looseObject({ errors: z.optional(z.array(issue)) })), undefined),
  }),
  z.transform(({ code, message, request_id, current_fact_id, details, ...rest }) => ({
    code,
    message,
    request_id,
    current_fact_id,
    issues: details?.errors,
    quota: readQuota(lenientQuota.parse(details ?? rest)),
  })),
);
/** An error in the wire format. */
export interface ErrorWire extends z.output<typeof errorWire> {}
