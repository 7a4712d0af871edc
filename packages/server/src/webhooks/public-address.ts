import { isIP } from "node:net";
import ipaddr from "ipaddr.js";

// Where IANA gives out global unicast addresses. Beyond it lie the ways to write an IPv4 address as an IPv6 one that
// the library takes for ordinary, such as ::127.0.0.1.
const globalUnicast = ipaddr.IPv6.parseCIDR("2000::/3");

// Virtual public addresses at which a cloud answers its own machines: Azure's platform channel.
const platformAddresses = new Set(["168.63.129.16"]);

/** Whether an IP address belongs to the open internet: not to this machine, its network, or its cloud. */
export function isPublicAddress(text: string): boolean {
  if (isIP(text) === 0) return false;
  const address = ipaddr.process(text); // an IPv4 address that is mapped into IPv6 is judged as what it is
  if (address.range() !== "unicast" || platformAddresses.has(address.toString())) return false;
  return address instanceof ipaddr.IPv4 || address.match(globalUnicast);
}
