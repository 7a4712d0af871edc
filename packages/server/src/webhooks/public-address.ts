import { isIP } from "node:net";
import ipaddr from "ipaddr.js";

// IANA's range of global unicast addresses. IPv4 addresses in IPv6 notation, such as ::127.0.0.1, are outside of it, but the
// library takes them for ordinary addresses.
const globalUnicast = ipaddr.IPv6.parseCIDR("2000::/3");

// Public addresses that a cloud uses inside its own network: Azure's platform channel.
const platformAddresses = new Set(["168.63.129.16"]);

/** Whether an IP address is on the public internet, and not of this machine, its network or its cloud. */
export function isPublicAddress(text: string): boolean {
  if (isIP(text) === 0) return false;
  const address = ipaddr.process(text); // converts an IPv4-mapped IPv6 address to IPv4
  if (address.range() !== "unicast" || platformAddresses.has(address.toString())) return false;
  return address instanceof ipaddr.IPv4 || address.match(globalUnicast);
}

/** Whether a name always means this machine: https://www.rfc-editor.org/rfc/rfc6761#section-6.3 */
export function isLocalhost(hostname: string): boolean {
  return /(?:^|\.)localhost\.?$/i.test(hostname);
}
