import * as z from "zod/mini";
import { batchEvents, batchEventWire, type BatchEventWire } from "../batch/batch-event.ts";
import { dataEvents, dataEventWire, type DataEventWire } from "../batch/data-event.ts";
import { learningEvents, learningEventWire, type LearningEventWire } from "../ingest/learning-event.ts";

/** The events about the end of jobs. */
export const jobEvents = [...learningEvents, ...batchEvents] as const;

/** What a webhook can subscribe to: single events, or `*` for all, later ones included. */
export const webhookSubscriptions = [...jobEvents, ...dataEvents, "*"] as const;
/** One event that a webhook subscribes to, or `*`. */
export type WebhookSubscription = (typeof webhookSubscriptions)[number];

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
export const webhookEventWire = z.union([learningEventWire, batchEventWire, dataEventWire, testEventWire]);
/** Any event that a webhook receives, in the wire format; `event` names its kind. */
export type WebhookEventWire = LearningEventWire | BatchEventWire | DataEventWire | TestEventWire;
