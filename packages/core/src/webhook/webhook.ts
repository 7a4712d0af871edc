import * as z from "zod/mini";
import { boundedText } from "../dialect/bounded-text.ts";
import { openWord } from "../dialect/open-word.ts";
import { webhookEvents } from "./webhook-event.ts";

/** A webhook: a URL to which the server posts the end of jobs. */
export const webhookWire = z.object({
  object: z._default(z.literal("webhook"), "webhook"),
  id: z.string(),
  url: z.string(),
  events: z.array(openWord(webhookEvents)),
  /** Whether the server sends anything. */
  enabled: z.boolean(),
  /** Complete if it was just created, otherwise masked. */
  secret: z.string(),
  /** In ISO 8601, like `updated_at`. */
  created_at: z.string(),
  updated_at: z.string(),
});
/** A webhook in the wire format. */
export interface WebhookWire extends z.output<typeof webhookWire> {}

/** The answer to `GET /v1/webhooks/all`: all webhooks at once, oldest first. */
export const webhookListWire = z.object({
  object: z._default(z.literal("list"), "list"),
  data: z.array(webhookWire),
});

const url = boundedText(2048, 1);
const events = z
  .optional(z.nullable(z.array(z.enum(webhookEvents)).check(z.minLength(1))))
  .check(z.meta({ description: "The events to send." }));
const enabled = z
  .optional(z.nullable(z.boolean()))
  .check(z.meta({ description: "`false` keeps the webhook and sends nothing." }));

/** The body of `PUT /v1/webhooks` and of `POST /v1/webhooks`. */
export const webhookRequestWire = z.object({ url, events, enabled });
/** What a client sends to create a webhook. */
export interface WebhookRequest extends z.input<typeof webhookRequestWire> {}

/** The body of `PATCH /v1/webhooks/{id}`. A field that is null or absent stays as it is. */
export const webhookPatchWire = z.object({ url: z.optional(z.nullable(url)), events, enabled });
/** What a client sends to change a webhook. */
export interface WebhookPatch extends z.input<typeof webhookPatchWire> {}
