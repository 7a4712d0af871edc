import { deliveryIds, jobIds, MemlaneError, webhookIds, type DeliveryWire } from "@memlane/core";
import { deliveryListQueryWire, deliveryPageWire, deliveryWire } from "@memlane/core/internal";
import { listDeliveries, replayDelivery, type Delivery } from "../../store/webhook-deliveries.ts";
import { parseCursor, printPage } from "../cursor.ts";
import { idOfPath } from "../ids.ts";
import { route, type Route } from "../route.ts";

/** Routes that list an organisation's webhook deliveries and repeat them. */
export function createWebhookDeliveryRoutes(): Route[] {
  return [
    route({
      method: "GET",
      path: "/v1/webhooks/deliveries",
      operationId: "listWebhookDeliveries",
      summary: "A page of deliveries, newest first; send `next_cursor` as `cursor` for the next page.",
      scope: "memories:read",
      query: deliveryListQueryWire,
      answers: { 200: { description: "The page.", schema: deliveryPageWire } },
      errors: ["cursor_mismatch"],
      async handle({ orgId, database, query: { status, webhook_id, cursor, limit } }) {
        const list = { name: "deliveries", orgId, order: "newest" } as const;
        const after = cursor === undefined ? undefined : parseCursor(deliveryIds, cursor, list);
        const webhookId = webhook_id === undefined ? undefined : idOfPath(webhookIds, { id: webhook_id });
        const found = await listDeliveries(database, orgId, {
          state: status,
          webhookId,
          limit: limit + 1,
          after,
        });
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

/** Prints a delivery. */
export function printDelivery(delivery: Delivery): DeliveryWire {
  return {
    object: "webhook_delivery",
    id: deliveryIds.print(delivery.id),
    webhook_id: delivery.webhookId && webhookIds.print(delivery.webhookId),
    event: delivery.event,
    job_id: delivery.jobId && jobIds.print(delivery.jobId),
    status: delivery.state,
    attempts: delivery.attempts,
    response_status: delivery.responseStatus,
    error: delivery.error,
    next_attempt_at: delivery.nextAttemptAt?.toISOString() ?? null,
    created_at: delivery.createdAt.toISOString(),
    updated_at: delivery.updatedAt.toISOString(),
  };
}
