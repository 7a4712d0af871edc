import type { LookupFunction } from "node:net";
import { isPublicAddress } from "./public-address.ts";
import type { ResolveHost } from "./resolve-host.ts";

/**
 * The `lookup` of a socket to a receiver, which may reach public addresses only unless private ones are allowed. The socket
 * connects to what this answers and asks nobody again, so a name that points elsewhere a moment later gains nothing. It is
 * not asked about a host that is an address already.
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
