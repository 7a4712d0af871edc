import * as z from "zod/mini";
import { textOrNull } from "../dialect/answer-fields.ts";
import { openWord } from "../dialect/open-word.ts";
import { webhookSubscriptions } from "./webhook-event.ts";

/** A webhook: a URL to which the server posts events. */
export const webhookWire = z.object({
  object: z._default(z.literal("webhook"), "webhook"),
  id: z.string(),
  url: z.string(),
  events: z.array(openWord(webhookSubscriptions)),
  /** Whether the server sends anything. */
  enabled: z.boolean(),
  /** Complete if it was just created, otherwise masked. */
  secret: z.string(),
  /** In ISO 8601, like `updated_at`. */
  created_at: z.string(),
  updated_at: textOrNull,
});
/** A webhook in the wire format. */
export interface WebhookWire extends z.output<typeof webhookWire> {}

/** The main webhook, which has calls without an id. Other servers of the ingest dialect send no id. */
export const mainWebhookWire = z.extend(webhookWire, { id: z.optional(z.string()) });
/** The main webhook in the wire format. */
export interface MainWebhookWire extends z.output<typeof mainWebhookWire> {}

/** The answer to `GET /v1/webhooks/all`: all webhooks at once, oldest first. */
export const webhookListWire = z.object({
  object: z._default(z.literal("list"), "list"),
  data: z.array(webhookWire),
});
