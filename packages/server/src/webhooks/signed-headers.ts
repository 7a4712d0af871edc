import { createHmac } from "node:crypto";
import { deliveryIds, type DeliveryId } from "@memlane/core";
import { Webhook } from "standardwebhooks";
import { version } from "../base/version.ts";

/** An attempt of a delivery, and the secret to sign it with. */
export interface Signing {
  readonly id: DeliveryId;
  readonly event: string;
  readonly body: string;
  /** `whsec_` and base64. The plain HMAC uses this string as its key, Standard Webhooks uses the decoded bytes. */
  readonly secret: string;
  /** When this attempt is made. */
  readonly now: Date;
}

/**
 * The headers of one attempt. They have two signatures: a plain HMAC of the body, and the signature of Standard Webhooks
 * (https://www.standardwebhooks.com), which also covers the id and the time. All attempts of a delivery have the same id.
 */
export function signedHeaders({ id, event, body, secret, now }: Signing): Record<string, string> {
  const name = deliveryIds.print(id);
  return {
    "content-type": "application/json",
    "user-agent": `Memlane/${version}`,
    "x-webhook-event": event,
    "x-webhook-signature": `sha256=${createHmac("sha256", secret).update(body).digest("hex")}`,
    "webhook-id": name,
    "webhook-timestamp": String(Math.floor(now.getTime() / 1000)),
    "webhook-signature": new Webhook(secret).sign(name, now, body),
  };
}
