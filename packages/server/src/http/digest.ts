import { hash } from "node:crypto";

/** A short name for a text: different for different texts, and safe in a header or an address. */
export function digestOf(text: string): string {
  return hash("sha256", text, "base64url").slice(0, 22);
}
