import * as z from "zod/mini";
import { batchEvents, batchEventWire, type BatchEventWire } from "../batch/batch-event.ts";
import { learningEvents, learningEventWire, type LearningEventWire } from "../ingest/learning-event.ts";

/** The events that a webhook can subscribe to. */
export const webhookEvents = [...learningEvents, ...batchEvents] as const;
/** An event that a webhook can subscribe to. */
export type WebhookEventName = (typeof webhookEvents)[number];

/** What a webhook receives if it is tested. */
export const testEventWire = z.object({
  event: z.literal("webhook.test"),
  webhook_id: z.string(),
  /** When the test was requested, in ISO 8601. */
  timestamp: z.string(),
});
/** What a webhook receives if it is tested, in the wire format. */
export interface TestEventWire extends z.output<typeof testEventWire> {}

/** Any event as a sender may post it. */
export const webhookEventWire = z.union([learningEventWire, batchEventWire, testEventWire]);
/** Any event that a webhook receives, in the wire format; `event` names its kind. */
export type WebhookEventWire = LearningEventWire | BatchEventWire | TestEventWire;
