import * as z from "zod/mini";

const issue = z.object({ field: z.string(), message: z.string(), type: z.string() });

/** An error as a client reads it, without the envelope of its dialect. */
export const errorWire = z.object({
  code: z.string(),
  message: z.string(),
  request_id: z.nullish(z.string()),
  details: z.catch(z.optional(z.object({ errors: z.array(issue) })), undefined),
});
/** An error in the wire format. */
export interface ErrorWire extends z.output<typeof errorWire> {}
