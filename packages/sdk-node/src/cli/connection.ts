import type { Command } from "commander";
import type { MemoryClientOptions } from "../client-options.ts";
import { MemoryClient } from "../memory-client.ts";
import { rootCause } from "../root-cause.ts";
import { createPatientFetch } from "./patient-fetch.ts";

/** The flags that say which server to talk to, and as whom. */
export interface ConnectionFlags {
  readonly baseUrl?: string;
  readonly apiKey?: string;
  readonly orgId?: string;
}

/** Gives a command the flags of a connection. */
export function withConnectionFlags(command: Command): Command {
  return command
    .option("--base-url <url>", "where the server is (MEMLANE_BASE_URL, else http://127.0.0.1:8787)")
    .option("--api-key <key>", "the secret key (MEMLANE_API_KEY)")
    .option("--org-id <org>", "the key's organisation (MEMLANE_ORG_ID)");
}

/** A client for the length of one command. */
export interface Connection {
  readonly client: MemoryClient;
  /** Aborts when the command has to end. */
  readonly signal: AbortSignal;
  /** Why the server counts as gone; undefined as long as it does not. */
  readonly lostBecause: () => string | undefined;
}

/** Long enough for a server to restart. */
const patienceMs = 60_000;

/** A connection that outlasts a restart of the server, and ends the command when the server stays away. */
export function connect(
  options: ConnectionFlags & Pick<MemoryClientOptions, "maximumRetries">,
  interruption: AbortSignal,
  notice: (message: string) => void,
): Connection {
  let lostBecause: string | undefined;
  const losing = new AbortController();
  const signal = AbortSignal.any([interruption, losing.signal]);
  const patientFetch = createPatientFetch({
    fetch: (request) => fetch(request),
    now: () => performance.now(),
    patienceMs,
    signal,
    onTrouble: () => notice(`The server does not answer; trying again for ${patienceMs / 1000} s`),
    onLost: (error) => {
      lostBecause = `the server has not answered for ${patienceMs / 1000} s: ${rootCause(error)}`;
      losing.abort();
    },
  });
  return {
    client: new MemoryClient({ ...options, fetch: patientFetch }),
    signal,
    lostBecause: () => lostBecause,
  };
}
