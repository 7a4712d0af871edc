import type { LookupFunction } from "node:net";
import { isPublicAddress } from "./public-address.ts";
import type { ResolveHost } from "./resolve-host.ts";

/**
 * The `lookup` of a socket to a receiver. It returns only public addresses, unless private ones are allowed. The socket connects to
 * exactly this result, so a name cannot change its address after the check. Node.js does not call it for a host that is an IP address.
 */
export function createReceiverLookup(resolveHost: ResolveHost, allowPrivate: boolean): LookupFunction {
  return (hostname, options, callback) => {
    const answer = async () => {
      const addresses = await resolveHost(hostname);
      const allowed = addresses.filter(({ address }) => allowPrivate || isPublicAddress(address));
      if (allowed.length === 0) throw new Error(`${hostname} has no public address`);
      return allowed;
    };
    // oxlint-disable promise/no-callback-in-promise -- a socket takes no promise
    answer().then(
      (allowed) =>
        options.all ? callback(null, allowed) : callback(null, allowed[0]!.address, allowed[0]!.family),
      (error: Error) => callback(error, []),
    );
    // oxlint-enable promise/no-callback-in-promise
  };
}
