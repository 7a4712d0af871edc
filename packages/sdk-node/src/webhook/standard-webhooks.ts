import { createHmac } from "node:crypto";
import { isSameText } from "./is-same-text.ts";
import { headerOf, type WebhookHeaders } from "./webhook-headers.ts";
import { WebhookVerificationError } from "./webhook-verification-error.ts";

const names = ["webhook-id", "webhook-timestamp", "webhook-signature"] as const;

/** Whether a delivery claims to be signed by Standard Webhooks. */
export function hasStandardHeaders(headers: WebhookHeaders): boolean {
  return names.some((name) => headerOf(headers, name) !== undefined);
}

/**
 * Verifies a delivery by Standard Webhooks (https://www.standardwebhooks.com). The signature covers the id, the
 * time and the body. So it reveals a change to any of these, and the age of a delivery.
 * @throws WebhookVerificationError that says what is wrong
 */
export function verifyStandardWebhook(
  payload: string | Uint8Array,
  headers: WebhookHeaders,
  secrets: readonly string[],
  { toleranceSeconds, now }: { readonly toleranceSeconds: number; readonly now: Date },
): void {
  const id = readHeader(headers, "webhook-id");
  const timestamp = readHeader(headers, "webhook-timestamp");
  const signatures = readHeader(headers, "webhook-signature");
  if (!/^\d{1,12}$/.test(timestamp)) {
    throw new WebhookVerificationError("malformed_headers", "webhook-timestamp is not a number of seconds");
  }
  const expected = secrets.map((secret) =>
    createHmac("sha256", readKey(secret)).update(`${id}.${timestamp}.`).update(payload).digest("base64"),
  );
  // While a secret is being replaced, a delivery may have a signature of each secret.
  const given = signatures.split(" ").flatMap((signature) => /^v1,(.+)$/.exec(signature)?.[1] ?? []);
  // Every pair is compared, so that the time does not reveal which was close.
  const matches = expected.flatMap((one) => given.map((other) => isSameText(one, other)));
  if (!matches.includes(true)) {
    throw new WebhookVerificationError(
      "wrong_signature",
      "no signature of the delivery matches: is it the secret of this webhook, and the unchanged body?",
    );
  }
  // Checked after the signature: an unsigned time proves nothing.
  const ageSeconds = now.getTime() / 1000 - Number(timestamp);
  // Written so that a tolerance of NaN refuses everything.
  if (!(ageSeconds <= toleranceSeconds)) {
    throw new WebhookVerificationError("too_old", `the delivery was signed ${Math.round(ageSeconds)} s ago`);
  }
  if (!(-ageSeconds <= toleranceSeconds)) {
    throw new WebhookVerificationError(
      "too_new",
      `the delivery was signed ${Math.round(-ageSeconds)} s in the future: which clock is wrong?`,
    );
  }
}

function readHeader(headers: WebhookHeaders, name: (typeof names)[number]): string {
  const value = headerOf(headers, name);
  if (value !== undefined) return value;
  throw new WebhookVerificationError("missing_headers", `the delivery has no ${name}`);
}

/** The bytes of a secret. @throws TypeError if it has none */
function readKey(secret: string): Buffer {
  const text = secret.replace(/^whsec_/, "");
  // Node.js would skip characters outside base64, and so use another key, or an empty one.
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(text)) {
    throw new TypeError("the secret of a webhook is whsec_ and base64: was it copied whole, and not masked?");
  }
  return Buffer.from(text, "base64");
}
