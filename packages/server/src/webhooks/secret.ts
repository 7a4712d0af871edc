import { randomBytes } from "node:crypto";

/** A new secret, in the spelling of Standard Webhooks. */
export function mintSecret(): string {
  return `whsec_${randomBytes(32).toString("base64")}`;
}

/** A secret, to be told apart from others and no more. */
export function maskSecret(secret: string): string {
  return `whsec_${"*".repeat(8)}${secret.slice(-4)}`;
}
