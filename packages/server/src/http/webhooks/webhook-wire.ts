// What the routes of webhooks share.
import { MemlaneError, webhookIds, type Uuid, type WebhookRequest, type WebhookWire } from "@memlane/core";
import { boundedText, queryFlag, type WebhookSubscription } from "@memlane/core/internal";
import * as z from "zod/mini";
import type { NewWebhook, Webhook } from "../../store/webhooks.ts";
import { maskSecret, mintSecret } from "../../webhooks/secret.ts";
import { objectionToUrl } from "../../webhooks/webhook-url.ts";

/** The query of the requests that can create a new secret. */
export const rotateQuery = z.object({ rotate_secret: queryFlag });

/** A URL that a webhook may have. */
export const urlWire = (allowPrivate: boolean) =>
  boundedText(2048, 1).check(
    z.superRefine((url, context) => {
      const message = objectionToUrl(url, allowPrivate);
      if (message !== undefined) context.addIssue({ code: "custom", input: url, message });
    }),
    z.meta({ format: "uri" }),
  );

/** The code of an issue with a webhook. */
export const codeOfWebhookIssue = ({ field, type }: { readonly field: string; readonly type: string }) =>
  field === "url" && type === "invalid_value" ? "invalid_webhook_url" : "invalid_request";

/** The webhook that a request asks for, with a new secret. */
export function newWebhook(
  id: Uuid,
  { url, events, enabled }: WebhookRequest,
  usualEvents: readonly WebhookSubscription[],
): NewWebhook {
  return {
    id: webhookIds.parse(id)!,
    url,
    events: [...new Set(events ?? usualEvents)],
    enabled: enabled ?? true,
    secret: mintSecret(),
  };
}

/** The error if a webhook does not exist. */
export const webhookNotFound = () =>
  new MemlaneError({ code: "webhook_not_found", message: "there is no webhook" });

/** Prints a webhook. Masks its secret, unless it is `minted`: a new secret is shown once. */
export function printWebhook(webhook: Webhook, minted?: string): WebhookWire {
  return {
    object: "webhook",
    id: webhookIds.print(webhook.id),
    url: webhook.url,
    events: [...webhook.events],
    enabled: webhook.enabled,
    secret: webhook.secret === minted ? minted : maskSecret(webhook.secret),
    created_at: webhook.createdAt.toISOString(),
    updated_at: webhook.updatedAt.toISOString(),
  };
}
