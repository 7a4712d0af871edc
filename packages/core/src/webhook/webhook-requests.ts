import * as z from "zod/mini";
import { boundedText } from "../dialect/bounded-text.ts";
import { webhookSubscriptions } from "./webhook-event.ts";

const url = boundedText(2048, 1);
const events = z
  .optional(z.nullable(z.array(z.enum(webhookSubscriptions)).check(z.minLength(1))))
  .check(z.meta({ description: "The events to send. `*` means all, later ones included." }));
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
