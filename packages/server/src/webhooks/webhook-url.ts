import { isIP } from "node:net";
import { isPublicAddress } from "./public-address.ts";

const unlessAllowed = ", unless the server's MEMLANE_WEBHOOK_ALLOW_PRIVATE is true";

/**
 * What is wrong with the address of a webhook; undefined when nothing is. A name is not resolved: where it leads is
 * judged when a connection is made.
 */
export function objectionToUrl(text: string, allowPrivate: boolean): string | undefined {
  if (!URL.canParse(text)) return "is not a URL";
  const { protocol, hostname, username, password } = new URL(text);
  if (protocol !== "https:" && !(allowPrivate && protocol === "http:")) {
    return allowPrivate ? "must start with https:// or http://" : `must start with https://${unlessAllowed}`;
  }
  if (username !== "" || password !== "") return "must not hold a user name or a password";
  const host = hostname.replace(/^\[(.*)\]$/, "$1"); // URL has made every spelling of an address into one
  if (!allowPrivate && isIP(host) !== 0 && !isPublicAddress(host)) {
    return `must not be a private address${unlessAllowed}`;
  }
  return undefined;
}
