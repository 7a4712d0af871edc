import * as z from "zod/mini";
import { deliveryStates } from "./delivery.ts";

/** The query of `GET /v1/webhooks/deliveries`. */
export const deliveryListQueryWire = z.object({
  status: z.optional(z.enum(deliveryStates)),
  webhook_id: z.optional(z.string()),
  cursor: z.optional(z.string()),
  limit: z._default(z.coerce.number().check(z.int(), z.gte(1), z.lte(500)), 50),
});
/** Filters of a list of deliveries. */
export interface DeliveryListQuery {
  readonly status?: (typeof deliveryStates)[number];
  /** Only deliveries to this webhook. */
  readonly webhook_id?: string;
  /** Deliveries per page, 1 to 500. @default 50 */
  readonly limit?: number;
}
