// Each unknown key costs a query, so the number of unknown keys per address and minute is limited.
import { hash } from "node:crypto";
import { MemlaneError } from "@memlane/core";
import ipaddr from "ipaddr.js";
import type { FindKey } from "../cached-rows/cached-keys.ts";

/** Finds the key of a request. */
export interface KeyLookup {
  /** By the key itself. */
  readonly findKey: FindKey;
  /** By its id. */
  readonly findKeyById: FindKey;
}

const windowMs = 60_000;
const mostNames = 10_000; // the largest number of valid keys, and of networks, in memory

interface WrongKeyOptions {
  /** How many unknown keys an address may try per minute. @default 100 */
  readonly mostPerMinute?: number;
  readonly now?: () => number;
}

/**
 * Limits look-ups of unknown keys per client address; without an address there is no limit. Over the
 * limit, a key is refused without a query, unless it was found before. So unknown keys do not block
 * other clients behind the same proxy.
 */
export function limitWrongKeys(
  { findKey, findKeyById }: KeyLookup,
  { mostPerMinute = 100, now = Date.now }: WrongKeyOptions = {},
): (address: string | undefined) => KeyLookup {
  const good = new Set<string>();
  const tries = new Map<string, number>(); // by network, including look-ups in progress
  let windowEndsMs = 0;

  /** Counts a try, and returns a function that undoes this. @throws MemlaneError `rate_limit_exceeded` */
  const countTry = (address: string) => {
    if (now() >= windowEndsMs) {
      tries.clear();
      windowEndsMs = now() + windowMs;
    }
    const network = networkOf(address);
    const counted = tries.has(network) || tries.size < mostNames ? network : "others";
    const count = tries.get(counted) ?? 0;
    if (count >= mostPerMinute) {
      const message = "too many requests with unknown keys from this address";
      const retryAfterMs = Math.max(1000, windowEndsMs - now());
      throw new MemlaneError({ code: "rate_limit_exceeded", message, retryAfterMs });
    }
    tries.set(counted, count + 1);
    return () => tries.set(counted, Math.max(0, (tries.get(counted) ?? 0) - 1));
  };

  const guard = (find: FindKey): ((address: string) => FindKey) => {
    const pending = new Map<string, ReturnType<FindKey>>();
    const tryKey = async (name: string, alias: string, takeBack: () => void) => {
      try {
        const key = await find(name);
        if (key === undefined) return undefined;
        if (good.size >= mostNames) good.clear();
        good.add(alias);
        takeBack();
        return key;
      } catch (error) {
        takeBack(); // the look-up failed, so the key may be valid
        throw error;
      } finally {
        pending.delete(alias);
      }
    };
    return (address) => async (name) => {
      const alias = hash("sha256", name, "base64"); // keys themselves are not kept in memory
      if (good.has(alias)) {
        const key = await find(name);
        if (key === undefined) good.delete(alias); // revoked
        return key;
      }
      const looking = pending.get(alias) ?? tryKey(name, alias, countTry(address));
      pending.set(alias, looking);
      return looking;
    };
  };

  const byKey = guard(findKey);
  const byId = guard(findKeyById);
  return (address) =>
    address === undefined
      ? { findKey, findKeyById }
      : { findKey: once(byKey(address)), findKeyById: once(byId(address)) };
}

/** Remembers the last name, because a request looks up the same key twice. */
function once(find: FindKey): FindKey {
  let last: { readonly name: string; readonly found: ReturnType<FindKey> } | undefined;
  return (name) => {
    if (last?.name !== name) last = { name, found: find(name) };
    return last.found;
  };
}

/**
 * The address, or the first 64 bits of an IPv6 address, because a client usually has all addresses
 * of such a network.
 */
function networkOf(address: string): string {
  if (!ipaddr.isValid(address)) return address;
  const parsed = ipaddr.process(address);
  return parsed instanceof ipaddr.IPv6 ? parsed.parts.slice(0, 4).join(":") : parsed.toString();
}
