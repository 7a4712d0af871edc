import * as z from "zod/mini";
import { openWord } from "../dialect/open-word.ts";

/** `pending` will be attempted (again), `succeeded` was received, `failed` was given up. */
export const deliveryStates = ["pending", "succeeded", "failed"] as const;

/** An event that is sent to a webhook, with its attempts. */
export const deliveryWire = z.object({
  object: z._default(z.literal("webhook_delivery"), "webhook_delivery"),
  /** Also the `webhook-id` of each attempt. */
  id: z.string(),
  /** The webhook that it is for. Null if the delivery is older than this field and its webhook was deleted. */
  webhook_id: z.nullable(z.string()),
  event: z.string(),
  /** The job that ended; null for a test and for events that are not about a job. */
  job_id: z.nullable(z.string()),
  status: openWord(deliveryStates),
  attempts: z.int(),
  /** The status of the last attempt; null without an answer. */
  response_status: z.nullable(z.int()),
  /** Why the last attempt failed. */
  error: z.nullable(z.string()),
  /** Null unless an attempt is scheduled. */
  next_attempt_at: z.nullable(z.string()),
  created_at: z.string(),
  updated_at: z.string(),
});
/** A delivery in the wire format. */
export interface DeliveryWire extends z.output<typeof deliveryWire> {}

/** A page of deliveries, newest first. */
export const deliveryPageWire = z.object({
  object: z._default(z.literal("list"), "list"),
  data: z.array(deliveryWire),
  has_more: z.boolean(),
  /** For the next page; null on the last. */
  next_cursor: z.nullable(z.string()),
});
