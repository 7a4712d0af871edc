import * as z from "zod/mini";
import { miningStatuses } from "./memory.ts";
import { filterId } from "../dialect/optional-id.ts";

/** The query of `GET /v1/events`. */
export const eventListQueryWire = z.object({
  user_id: filterId,
  status: z.optional(z.enum(miningStatuses)),
  limit: z._default(z.coerce.number().check(z.int(), z.gte(1), z.lte(200)), 50),
});
/** Which writes to list. */
export interface EventListQuery extends Partial<z.output<typeof eventListQueryWire>> {}
