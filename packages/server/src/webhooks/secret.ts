import { randomBytes } from "node:crypto";

/** Makes a new secret, in the format of Standard Webhooks. */
export function mintSecret(): string {
  return `whsec_${randomBytes(32).toString("base64")}`;
}

/** A secret of which only the last four characters are shown. */
export function maskSecret(secret: string): string {
  return `whsec_••••${secret.slice(-4)}`;
}
