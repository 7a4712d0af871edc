// All organisations of a server.
import * as z from "zod/mini";

/** The answer to `GET /v1/orgs`. */
export const orgPageWire = z.object({
  object: z._default(z.literal("list"), "list"),
  data: z.array(
    z.object({
      id: z.string(),
      /** In ISO 8601. */
      created_at: z.string(),
    }),
  ),
  has_more: z.boolean(),
  next_cursor: z._default(z.nullable(z.string()), null),
});
/** An organisation in the wire format. */
export type OrgWire = z.output<typeof orgPageWire>["data"][number];
