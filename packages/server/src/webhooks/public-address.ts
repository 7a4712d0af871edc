import { isIP } from "node:net";
import ipaddr from "ipaddr.js";

// The range of global unicast addresses of IANA. Outside of it are IPv4 addresses written as IPv6 ones, such as ::127.0.0.1,
// which the library takes for ordinary addresses.
const globalUnicast = ipaddr.IPv6.parseCIDR("2000::/3");

// Public addresses that a cloud uses inside its own network: Azure's platform channel.
const platformAddresses = new Set(["168.63.129.16"]);

/** Whether an IP address is on the public internet, and not of this machine, its network or its cloud. */
export function isPublicAddress(text: string): boolean {
  if (isIP(text) === 0) return false;
  const address = ipaddr.process(text); // turns an IPv4 address that is mapped into IPv6 back into an IPv4 one
  if (address.range() !== "unicast" || platformAddresses.has(address.toString())) return false;
  return address instanceof ipaddr.IPv4 || address.match(globalUnicast);
}
