import * as z from "zod/mini";

/** The query fields of a list with `limit` and `offset`. */
export const pageQuery = (most: number, usual: number) => ({
  limit: z._default(z.coerce.number().check(z.int(), z.gte(1), z.lte(most)), usual),
  offset: z._default(z.coerce.number().check(z.int(), z.gte(0), z.lte(2_147_483_647)), 0),
});
