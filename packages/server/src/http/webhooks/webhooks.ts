import { MemlaneError } from "@memlane/core";
import { boundedText, learningEvents } from "@memlane/core/internal";
import * as z from "zod/mini";
import { deleteWebhook, readWebhook, saveWebhook, type Webhook } from "../../store/webhooks.ts";
import { maskSecret, mintSecret } from "../../webhooks/secret.ts";
import { objectionToUrl } from "../../webhooks/webhook-url.ts";
import { route, type Route } from "../route.ts";
import type { ServiceContext } from "../service-context.ts";

const webhookWire = z.object({
  object: z.literal("webhook"),
  url: z.string(),
  events: z.array(z.enum(learningEvents)),
  enabled: z.boolean(),
  secret: z.string().check(z.meta({ description: "Complete if it was just created, otherwise masked." })),
  created_at: z.string(),
  updated_at: z.string(),
});

const rotateQuery = z.object({
  rotate_secret: z.optional(
    z.enum(["true", "false"]).check(z.meta({ description: "`true` creates a new secret." })),
  ),
});

const urlWire = (allowPrivate: boolean) =>
  boundedText(2048, 1).check(
    z.superRefine((url, context) => {
      const message = objectionToUrl(url, allowPrivate);
      if (message !== undefined) context.addIssue({ code: "custom", input: url, message });
    }),
    z.meta({ format: "uri" }),
  );

/** Routes for the webhook that is called when the organisation's ingest jobs end. */
export function createWebhookRoutes({ allowPrivateWebhooks }: ServiceContext): Route[] {
  return [
    route({
      method: "PUT",
      path: "/v1/webhooks",
      operationId: "putWebhook",
      summary:
        "Create or replace the organisation's webhook. Creating it also creates its secret, which is shown only this once.",
      scope: "memories:write",
      query: rotateQuery,
      body: z.object({
        url: urlWire(allowPrivateWebhooks),
        events: z
          .optional(z.nullable(z.array(z.enum(learningEvents)).check(z.minLength(1))))
          .check(z.meta({ description: "The events to send; all if null or absent." })),
        enabled: z
          .optional(z.nullable(z.boolean()))
          .check(
            z.meta({ description: "`false` keeps the webhook and sends nothing; true if null or absent." }),
          ),
      }),
      answers: { 200: { description: "The webhook.", schema: webhookWire } },
      errors: ["invalid_webhook_url"],
      codeOfIssue: ({ field, type }) =>
        field === "url" && type === "invalid_value" ? "invalid_webhook_url" : "invalid_request",
      async handle({ orgId, database, query, body }) {
        const minted = mintSecret();
        const given = {
          url: body.url,
          events: [...new Set(body.events ?? learningEvents)],
          enabled: body.enabled ?? true,
          secret: minted,
        };
        const webhook = await saveWebhook(database, orgId, given, query.rotate_secret === "true");
        const shown = webhook.secret === minted ? minted : maskSecret(webhook.secret);
        return { status: 200, body: printWebhook(webhook, shown) };
      },
    }),
    route({
      method: "GET",
      path: "/v1/webhooks",
      operationId: "getWebhook",
      summary: "The organisation's webhook, with its secret masked.",
      scope: "memories:read",
      answers: { 200: { description: "The webhook.", schema: webhookWire } },
      errors: ["webhook_not_found"],
      async handle({ orgId, database }) {
        const webhook = await readWebhook(database, orgId);
        if (webhook === undefined)
          throw new MemlaneError({ code: "webhook_not_found", message: "there is no webhook" });
        return { status: 200, body: printWebhook(webhook, maskSecret(webhook.secret)) };
      },
    }),
    route({
      method: "DELETE",
      path: "/v1/webhooks",
      operationId: "deleteWebhook",
      summary: "Delete the organisation's webhook. Pending deliveries are given up; the log stays.",
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

function printWebhook(webhook: Webhook, secret: string): z.output<typeof webhookWire> {
  return {
    object: "webhook",
    url: webhook.url,
    events: [...webhook.events],
    enabled: webhook.enabled,
    secret,
    created_at: webhook.createdAt.toISOString(),
    updated_at: webhook.updatedAt.toISOString(),
  };
}
