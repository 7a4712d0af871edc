import { hash } from "node:crypto";

/** A short digest of a text, safe in headers and URLs. */
export function digestOf(text: string): string {
  return hash("sha256", text, "base64url").slice(0, 22);
}
