import { MemlaneError, webhookIds } from "@memlane/core";
import {
  deliveryWire,
  jobEvents,
  webhookListWire,
  webhookPatchWire,
  webhookRequestWire,
  webhookWire,
} from "@memlane/core/internal";
import * as z from "zod/mini";
import { lockOrg } from "../../store/lock-orgs.ts";
import { enqueueTest } from "../../store/webhook-deliveries.ts";
import {
  deleteWebhook,
  insertWebhook,
  listWebhooks,
  readWebhook,
  updateWebhook,
} from "../../store/webhooks.ts";
import { noticeOfTest } from "../../webhooks/notices.ts";
import { mintSecret } from "../../webhooks/secret.ts";
import { idOfPath } from "../ids.ts";
import { route, type Route } from "../route.ts";
import type { ServiceContext } from "../service-context.ts";
import { printDelivery } from "./webhook-deliveries.ts";
import {
  codeOfWebhookIssue,
  newWebhook,
  printWebhook,
  rotateQuery,
  urlWire,
  webhookNotFound,
} from "./webhook-wire.ts";

const mostWebhooks = 10;

/** Routes for an organisation's webhooks, each with its URL and its events. */
export function createWebhookRoutes({ allowPrivateWebhooks, newId }: ServiceContext): Route[] {
  return [
    route({
      method: "POST",
      path: "/v1/webhooks",
      operationId: "createWebhook",
      summary: `Create a webhook, up to ${mostWebhooks}. Without \`events\` it gets those about jobs. Its secret is shown only this once.`,
      scope: "memories:write",
      body: z.extend(webhookRequestWire, { url: urlWire(allowPrivateWebhooks) }),
      answers: { 201: { description: "The webhook.", schema: webhookWire } },
      errors: ["invalid_webhook_url", "conflict"],
      codeOfIssue: codeOfWebhookIssue,
      async handle({ orgId, database, body }) {
        const given = newWebhook(newId(), body, jobEvents);
        const webhook = await database.transaction(async (sql) => {
          await lockOrg(sql, orgId);
          if ((await listWebhooks(sql, orgId)).length >= mostWebhooks) {
            const message = `there are ${mostWebhooks} webhooks, which is the limit: delete one`;
            throw new MemlaneError({ code: "conflict", message });
          }
          return insertWebhook(sql, orgId, given);
        });
        return { status: 201, body: printWebhook(webhook, given.secret) };
      },
    }),
    route({
      method: "GET",
      path: "/v1/webhooks/all",
      operationId: "listWebhooks",
      summary: "All webhooks of the organisation, oldest first, with their secrets masked.",
      scope: "memories:read",
      answers: { 200: { description: "The webhooks.", schema: webhookListWire } },
      errors: [],
      async handle({ orgId, database }) {
        const webhooks = await listWebhooks(database, orgId);
        return { status: 200, body: { object: "list", data: webhooks.map((each) => printWebhook(each)) } };
      },
    }),
    route({
      method: "GET",
      path: "/v1/webhooks/:id",
      operationId: "getWebhook",
      summary: "One webhook, with its secret masked.",
      scope: "memories:read",
      answers: { 200: { description: "The webhook.", schema: webhookWire } },
      errors: ["webhook_not_found"],
      async handle({ orgId, database, params }) {
        const webhook = await readWebhook(database, orgId, idOfPath(webhookIds, params));
        if (webhook === undefined) throw webhookNotFound();
        return { status: 200, body: printWebhook(webhook) };
      },
    }),
    route({
      method: "PATCH",
      path: "/v1/webhooks/:id",
      operationId: "updateWebhook",
      summary: "Change a webhook. Waiting deliveries use its new URL and secret.",
      scope: "memories:write",
      query: rotateQuery,
      body: z.extend(webhookPatchWire, { url: z.optional(z.nullable(urlWire(allowPrivateWebhooks))) }),
      answers: { 200: { description: "The changed webhook.", schema: webhookWire } },
      errors: ["webhook_not_found", "invalid_webhook_url"],
      codeOfIssue: codeOfWebhookIssue,
      async handle({ orgId, database, params, query, body }) {
        const secret = query.rotate_secret ? mintSecret() : undefined;
        const webhook = await updateWebhook(database, orgId, idOfPath(webhookIds, params), {
          url: body.url ?? null,
          events: body.events == null ? null : [...new Set(body.events)],
          enabled: body.enabled ?? null,
          secret: secret ?? null,
        });
        if (webhook === undefined) throw webhookNotFound();
        return { status: 200, body: printWebhook(webhook, secret) };
      },
    }),
    route({
      method: "DELETE",
      path: "/v1/webhooks/:id",
      operationId: "deleteWebhook",
      summary: "Delete a webhook. Pending deliveries are given up; the log stays.",
      scope: "memories:write",
      answers: { 204: { description: "It is deleted." } },
      errors: ["webhook_not_found"],
      async handle({ orgId, database, params }) {
        if (!(await deleteWebhook(database, orgId, idOfPath(webhookIds, params)))) throw webhookNotFound();
        return { status: 204 };
      },
    }),
    route({
      method: "POST",
      path: "/v1/webhooks/:id/test",
      operationId: "testWebhook",
      summary: "Send the event `webhook.test` to a webhook.",
      scope: "memories:write",
      answers: {
        202: { description: "The delivery, which will be attempted at once.", schema: deliveryWire },
      },
      errors: ["webhook_not_found"],
      async handle({ orgId, database, params }) {
        const id = idOfPath(webhookIds, params);
        const delivery = await enqueueTest(database, orgId, id, noticeOfTest(id, new Date()));
        if (delivery === undefined) throw webhookNotFound();
        return { status: 202, body: printDelivery(delivery) };
      },
    }),
  ];
}
