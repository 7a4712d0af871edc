import { lookup, Resolver } from "node:dns/promises";
import type { LookupAddress } from "node:dns";
import { isLocalhost } from "./public-address.ts";

/** Resolves a name to all its addresses. Rejects if it has none, or if DNS does not answer in time. */
export type ResolveHost = (hostname: string) => Promise<readonly LookupAddress[]>;

/** How names are resolved. */
export interface ResolveHostOptions {
  /** DNS servers, such as `127.0.0.1:53`. @default the system's servers */
  readonly servers?: readonly string[];
  /** Whether to resolve names that are only in this machine's hosts file or search domains. @default false */
  readonly knowsLocalNames?: boolean;
  /** How long the look-up of a name by DNS may take, in milliseconds. @default 5000 */
  readonly patienceMs?: number;
}

const askMs = 1500; // how long one DNS server may take; then the next is asked
const loopback = [
  { address: "127.0.0.1", family: 4 },
  { address: "::1", family: 6 },
];

/**
 * Makes a resolver that asks DNS directly. Node.js would use the system's resolver, which occupies one of four threads per name,
 * without a time limit: four names without an answer would delay all other names.
 */
export function createResolveHost({
  servers,
  knowsLocalNames = false,
  patienceMs = 5000,
}: ResolveHostOptions = {}): ResolveHost {
  const resolveLocal = knowsLocalNames ? createResolveLocal() : undefined;
  return async (hostname) => {
    if (isLocalhost(hostname)) return loopback;
    try {
      return await askDns(hostname, servers, patienceMs);
    } catch (error) {
      if (resolveLocal === undefined || isSilence(error)) throw error;
      return resolveLocal(hostname);
    }
  };
}

async function askDns(
  hostname: string,
  servers: readonly string[] | undefined,
  patienceMs: number,
): Promise<LookupAddress[]> {
  const resolver = new Resolver({ timeout: askMs, tries: 2 }); // one for each name, because `cancel` ends all look-ups of a resolver
  if (servers !== undefined) resolver.setServers(servers);
  const timer = setTimeout(() => resolver.cancel(), patienceMs);
  try {
    const answers = await Promise.allSettled([resolver.resolve4(hostname), resolver.resolve6(hostname)]);
    const found = answers.flatMap((answer, index) =>
      answer.status === "fulfilled"
        ? answer.value.map((address) => ({ address, family: index === 0 ? 4 : 6 }))
        : [],
    );
    const [first] = answers;
    if (found.length === 0) throw first.status === "rejected" ? first.reason : new Error("no address");
    return found;
  } finally {
    clearTimeout(timer);
  }
}

function isSilence(error: unknown): boolean {
  return error instanceof Error && "code" in error && /^E(?:TIMEOUT|CANCELLED)$/.test(String(error.code));
}

/** Asks the system's resolver, two names at a time, so that two of the four threads stay free for files and compression. */
function createResolveLocal(): ResolveHost {
  const lines: Promise<unknown>[] = [Promise.resolve(), Promise.resolve()];
  let turn = 0;
  return (hostname) => {
    const line = (turn += 1) % lines.length;
    const found = lines[line]!.then(() => lookup(hostname, { all: true }));
    lines[line] = found.catch(() => {});
    return found;
  };
}
