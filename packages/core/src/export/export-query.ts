import * as z from "zod/mini";

/** The query of `GET /v1/export`. */
export const exportQueryWire = z.object({
  /** The `next_cursor` of the previous page. */
  cursor: z.optional(z.string()),
  /** Lines per page. */
  limit: z._default(z.coerce.number().check(z.int(), z.gte(1), z.lte(500)), 200),
});
