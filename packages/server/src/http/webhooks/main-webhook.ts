import { learningEvents, webhookRequestWire, webhookWire } from "@memlane/core/internal";
import * as z from "zod/mini";
import { deleteWebhook, readWebhook, saveMainWebhook } from "../../store/webhooks.ts";
import { route, type Route } from "../route.ts";
import type { ServiceContext } from "../service-context.ts";
import {
  codeOfWebhookIssue,
  newWebhook,
  printWebhook,
  rotateQuery,
  urlWire,
  webhookNotFound,
} from "./webhook-wire.ts";

/** Routes for an organisation's main webhook, which clients of the ingest dialect use without an id. */
export function createMainWebhookRoutes({ allowPrivateWebhooks, newId }: ServiceContext): Route[] {
  return [
    route({
      method: "PUT",
      path: "/v1/webhooks",
      operationId: "putWebhook",
      summary:
        "Create or replace the organisation's main webhook. Without `events` it gets those of conversations. Creating it also " +
        "creates its secret, which is shown only this once.",
      scope: "memories:write",
      query: rotateQuery,
      body: z.extend(webhookRequestWire, { url: urlWire(allowPrivateWebhooks) }),
      answers: { 200: { description: "The webhook.", schema: webhookWire } },
      errors: ["invalid_webhook_url"],
      codeOfIssue: codeOfWebhookIssue,
      async handle({ orgId, database, query, body }) {
        const given = newWebhook(newId(), body, learningEvents);
        const webhook = await saveMainWebhook(database, orgId, given, query.rotate_secret);
        return { status: 200, body: printWebhook(webhook, given.secret) };
      },
    }),
    route({
      method: "GET",
      path: "/v1/webhooks",
      operationId: "getMainWebhook",
      summary: "The organisation's main webhook, with its secret masked.",
      scope: "memories:read",
      answers: { 200: { description: "The webhook.", schema: webhookWire } },
      errors: ["webhook_not_found"],
      async handle({ orgId, database }) {
        const webhook = await readWebhook(database, orgId);
        if (webhook === undefined) throw webhookNotFound();
        return { status: 200, body: printWebhook(webhook) };
      },
    }),
    route({
      method: "DELETE",
      path: "/v1/webhooks",
      operationId: "deleteMainWebhook",
      summary: "Delete the organisation's main webhook. Pending deliveries are given up; the log stays.",
      scope: "memories:write",
      answers: { 204: { description: "The webhook does not exist any more." } },
      errors: [],
      async handle({ orgId, database }) {
        await deleteWebhook(database, orgId);
        return { status: 204 };
      },
    }),
  ];
}
