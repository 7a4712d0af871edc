// Who the caller is.
import * as z from "zod/mini";

/** The answer to `GET /v1/me`. */
export const meWire = z.object({
  org_id: z.string(),
  key: z.object({
    id: z.string(),
    name: z.string(),
    scopes: z.array(z.string()),
    /** The only user that the key acts for; null if it acts for all users. */
    user_id: z.nullable(z.string()),
  }),
  /** The first 1,000 organisations; only for a key with the scope `operator`. */
  org_ids: z.optional(z.array(z.string())),
});
/** The organisation and the key of the caller. */
export interface MeWire extends z.output<typeof meWire> {}
