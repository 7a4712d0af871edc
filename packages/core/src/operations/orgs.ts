// All organisations of a server.
import * as z from "zod/mini";
import { boundedText } from "../dialect/bounded-text.ts";

/** The query of `GET /v1/orgs`. */
export const orgListQueryWire = z.object({
  /** The `next_cursor` of the previous page. */
  cursor: z.optional(boundedText(255)),
  limit: z._default(z.coerce.number().check(z.int(), z.gte(1), z.lte(1000)), 1000),
});

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
