import { createHmac } from "node:crypto";
import { isSameText } from "./is-same-text.ts";
import { headerOf, type WebhookHeaders } from "./webhook-headers.ts";
import { WebhookVerificationError } from "./webhook-verification-error.ts";

/**
 * Verifies a delivery by its `X-Webhook-Signature`: an HMAC of the body alone, with the secret as key.
 * @throws WebhookVerificationError that says what is wrong
 */
export function verifyBodySignature(
  payload: string | Uint8Array,
  headers: WebhookHeaders,
  secrets: readonly string[],
): void {
  const header = headerOf(headers, "x-webhook-signature");
  if (header === undefined) {
    throw new WebhookVerificationError("missing_headers", "the delivery is not signed");
  }
  const given = /^sha256=([0-9a-f]{64})$/i.exec(header)?.[1]?.toLowerCase();
  if (given === undefined) {
    throw new WebhookVerificationError(
      "malformed_headers",
      "x-webhook-signature is not sha256=<64 hex digits>",
    );
  }
  const matches = secrets.map((secret) =>
    isSameText(createHmac("sha256", secret).update(payload).digest("hex"), given),
  );
  if (matches.includes(true)) return;
  throw new WebhookVerificationError(
    "wrong_signature",
    "the signature does not match: is it the secret of this webhook, and the unchanged body?",
  );
}
