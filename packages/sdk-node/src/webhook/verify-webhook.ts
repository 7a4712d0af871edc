import { webhookEventWire, type WebhookEventWire } from "@memlane/core";
import { parseJson } from "@memlane/core/internal";
import { verifyBodySignature } from "./body-signature.ts";
import { hasStandardHeaders, verifyStandardWebhook } from "./standard-webhooks.ts";
import { headerOf, type WebhookHeaders } from "./webhook-headers.ts";
import { WebhookVerificationError } from "./webhook-verification-error.ts";

/** How strictly to verify. */
export interface VerifyWebhookOptions {
  /** How much the signature's time may differ from now, in seconds. @default 300 */
  readonly toleranceSeconds?: number | undefined;
  /**
   * Refuses a delivery that has only `X-Webhook-Signature`. That signature does not cover the time, so an
   * attacker who recorded a delivery could remove its other headers and send it again. Memlane's server
   * always sends both.
   * @default false
   */
  readonly requireTimestamp?: boolean | undefined;
  /** @default the current time */
  readonly now?: Date | undefined;
}

/** An event and the id of its delivery. */
export type WebhookEvent = WebhookEventWire & {
  /**
   * The id of the delivery, the same for each attempt: use it to skip duplicates. Null if the sender has
   * none.
   */
  readonly delivery_id: string | null;
};

/**
 * Verifies a delivery and reads its event. A delivery with a signature of Standard Webhooks is checked by
 * that signature alone, any other by `X-Webhook-Signature`.
 * @param payload the body as received, before any parsing
 * @param secret the webhook's secret as shown, `whsec_…`; several while it is being replaced
 * @throws WebhookVerificationError if the delivery cannot be trusted; `reason` says why
 * @throws TypeError if the payload or the secret has a wrong type or format
 *
 * @example
 * import { verifyWebhook } from "@memlane/sdk-node";
 *
 * const delivery = verifyWebhook(payload, headers, secret, { requireTimestamp: true });
 * if (delivery.event === "memory.learning.completed") console.log(delivery.job_id, delivery.memories.length);
 */
export function verifyWebhook(
  payload: string | Uint8Array,
  headers: WebhookHeaders,
  secret: string | readonly string[],
  { toleranceSeconds = 300, requireTimestamp = false, now = new Date() }: VerifyWebhookOptions = {},
): WebhookEvent {
  if (typeof payload !== "string" && !(payload instanceof Uint8Array)) {
    throw new TypeError("the payload must be the body as it came, text or bytes, before it was parsed");
  }
  const secrets = typeof secret === "string" ? [secret] : secret;
  // Anyone can sign with an empty secret.
  if (secrets.length === 0 || secrets.some((one) => typeof one !== "string" || one === "")) {
    throw new TypeError("the secret of a webhook must not be empty");
  }
  if (hasStandardHeaders(headers) || requireTimestamp) {
    verifyStandardWebhook(payload, headers, secrets, { toleranceSeconds, now });
  } else {
    verifyBodySignature(payload, headers, secrets);
  }
  return { ...readEvent(payload), delivery_id: headerOf(headers, "webhook-id") ?? null };
}

function readEvent(payload: string | Uint8Array): WebhookEventWire {
  const text = typeof payload === "string" ? payload : new TextDecoder().decode(payload);
  const event = webhookEventWire.safeParse(parseJson(text));
  if (event.success) return event.data;
  throw new WebhookVerificationError("unknown_event", "this version of the client does not know the event", {
    cause: event.error,
  });
}
