// What clients send to the routes for operators.
import * as z from "zod/mini";
import { pageQuery } from "../batch/page-query.ts";
import { boundedText } from "../dialect/bounded-text.ts";
import { statsWindows } from "./stats.ts";

/** The query of `GET /v1/stats`. */
export const statsQueryWire = z.object({
  window: z._default(z.enum(statsWindows), "hour"),
  org: z.optional(
    z
      .literal("all")
      .check(z.meta({ description: "All organisations. Needs a key with the scope `operator`." })),
  ),
});

/** The query of `GET /v1/orgs`. */
export const orgListQueryWire = z.object({
  /** The `next_cursor` of the previous page. */
  cursor: z.optional(boundedText(255)),
  limit: z._default(z.coerce.number().check(z.int(), z.gte(1), z.lte(1000)), 1000),
});

/** The query of `GET /v1/keys`. */
export const keyListQueryWire = z.object({
  /** How many days (UTC) to count, with today. */
  days: z._default(z.coerce.number().check(z.int(), z.gte(1), z.lte(31)), 7),
});

/** The query of `GET /v1/jobs/{id}/messages`. */
export const jobMessagesQueryWire = z.object(pageQuery(500, 200));
