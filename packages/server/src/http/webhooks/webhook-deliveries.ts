import { deliveryIds, jobIds, MemlaneError } from "@memlane/core";
import { learningEvents } from "@memlane/core/internal";
import * as z from "zod/mini";
import {
  deliveryStates,
  listDeliveries,
  replayDelivery,
  type Delivery,
} from "../../store/webhook-deliveries.ts";
import { parseCursor, printPage } from "../cursor.ts";
import { idOfPath } from "../ids.ts";
import { route, type Route } from "../route.ts";

const instant = z.string();
const deliveryWire = z.object({
  object: z.literal("webhook_delivery"),
  id: z.string().check(z.meta({ description: "Also the `webhook-id` of each attempt." })),
  event: z.enum(learningEvents),
  job_id: z.string(),
  status: z.enum(deliveryStates),
  attempts: z.int(),
  response_status: z.nullable(z.int()),
  error: z.nullable(z.string()),
  next_attempt_at: z.nullable(instant),
  created_at: instant,
  updated_at: instant,
});

/** Routes that list an organisation's webhook deliveries and repeat them. */
export function createWebhookDeliveryRoutes(): Route[] {
  return [
    route({
      method: "GET",
      path: "/v1/webhooks/deliveries",
      operationId: "listWebhookDeliveries",
      summary: "A page of deliveries, newest first; send `next_cursor` as `cursor` for the next page.",
      scope: "memories:read",
      query: z.object({
        status: z.optional(z.enum(deliveryStates)),
        cursor: z.optional(z.string()),
        limit: z._default(z.coerce.number().check(z.int(), z.gte(1), z.lte(500)), 50),
      }),
      answers: {
        200: {
          description: "The page.",
          schema: z.object({
            object: z.literal("list"),
            data: z.array(deliveryWire),
            has_more: z.boolean(),
            next_cursor: z.nullable(z.string()),
          }),
        },
      },
      errors: ["cursor_mismatch"],
      async handle({ orgId, database, query: { status, cursor, limit } }) {
        const list = { name: "deliveries", orgId, order: "newest" } as const;
        const after = cursor === undefined ? undefined : parseCursor(deliveryIds, cursor, list);
        const found = await listDeliveries(database, orgId, { state: status, limit: limit + 1, after });
        const page = { rows: found.slice(0, limit), hasMore: found.length > limit };
        return { status: 200, body: printPage(page, list, printDelivery) };
      },
    }),
    route({
      method: "POST",
      path: "/v1/webhooks/deliveries/:id/replay",
      operationId: "replayWebhookDelivery",
      summary: "Repeat a delivery that succeeded or was given up, with the same `webhook-id`.",
      scope: "memories:write",
      answers: { 202: { description: "It will be attempted at once.", schema: deliveryWire } },
      errors: ["not_found"],
      async handle({ orgId, database, params }) {
        const delivery = await replayDelivery(database, orgId, idOfPath(deliveryIds, params));
        if (delivery === undefined)
          throw new MemlaneError({ code: "not_found", message: "there is no such delivery" });
        return { status: 202, body: printDelivery(delivery) };
      },
    }),
  ];
}

function printDelivery(delivery: Delivery): z.output<typeof deliveryWire> {
  return {
    object: "webhook_delivery",
    id: deliveryIds.print(delivery.id),
    event: delivery.event,
    job_id: jobIds.print(delivery.jobId),
    status: delivery.state,
    attempts: delivery.attempts,
    response_status: delivery.responseStatus,
    error: delivery.error,
    next_attempt_at: delivery.nextAttemptAt?.toISOString() ?? null,
    created_at: delivery.createdAt.toISOString(),
    updated_at: delivery.updatedAt.toISOString(),
  };
}
