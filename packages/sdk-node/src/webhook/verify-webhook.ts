import { learningEventWire, type LearningEventWire } from "@memlane/core";
import { parseJson } from "@memlane/core/internal";
import { verifyBodySignature } from "./body-signature.ts";
import { hasStandardHeaders, verifyStandardWebhook } from "./standard-webhooks.ts";
import { headerOf, type WebhookHeaders } from "./webhook-headers.ts";
import { WebhookVerificationError } from "./webhook-verification-error.ts";

/** How strict to be. */
export interface VerifyWebhookOptions {
  /** How far the time of the signature may be from now, either way, in seconds. @default 300 */
  readonly toleranceSeconds?: number | undefined;
  /**
   * Refuses a delivery that has `X-Webhook-Signature` alone. That covers no time, so who overheard a delivery of any
   * server can take its other headers off and send it again. Memlane's server always sends both.
   * @default false
   */
  readonly requireTimestamp?: boolean | undefined;
  /** @default the present moment */
  readonly now?: Date | undefined;
}

/** What a webhook was told, and by which delivery. */
export type WebhookEvent = LearningEventWire & {
  /**
   * The name of the delivery, the same each time that it is sent: remember those that you have had. Null where the
   * sender does not name it.
   */
  readonly delivery_id: string | null;
};

/**
 * Verifies a delivery and reads its event. Where it is signed by Standard Webhooks, that decides, and otherwise its
 * `X-Webhook-Signature`.
 * @param payload the body as it came, before anything parsed it
 * @param secret the webhook's secret as it was shown, `whsec_…`; several while one is replaced by another
 * @throws WebhookVerificationError when it is not to be believed: `reason` says why
 * @throws TypeError when the payload or the secret cannot be what they should be
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
  // Anybody can sign with a secret that is empty.
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

function readEvent(payload: string | Uint8Array): LearningEventWire {
  const text = typeof payload === "string" ? payload : new TextDecoder().decode(payload);
  const event = learningEventWire.safeParse(parseJson(text));
  if (event.success) return event.data;
  throw new WebhookVerificationError("unknown_event", "the delivery is no event that this version knows", {
    cause: event.error,
  });
}
