import { isIP } from "node:net";
import { isLocalhost, isPublicAddress } from "./public-address.ts";

const unlessAllowed = ", unless the server's MEMLANE_WEBHOOK_ALLOW_PRIVATE is true";

/**
 * Why the URL of a webhook is refused, or undefined. Resolves no name except localhost: the addresses of names are checked when
 * connecting.
 */
export function objectionToUrl(text: string, allowPrivate: boolean): string | undefined {
  if (!URL.canParse(text)) return "is not a URL";
  const { protocol, hostname, username, password } = new URL(text);
  if (protocol !== "https:" && !(allowPrivate && protocol === "http:")) {
    return allowPrivate ? "must start with https:// or http://" : `must start with https://${unlessAllowed}`;
  }
  if (username !== "" || password !== "") return "must not contain a user name or a password";
  const host = hostname.replace(/^\[(.*)\]$/, "$1"); // `URL` writes each address in one way
  const isPrivate = isLocalhost(host) || (isIP(host) !== 0 && !isPublicAddress(host));
  if (!allowPrivate && isPrivate) {
    return `must not be a private address${unlessAllowed}`;
  }
  return undefined;
}
