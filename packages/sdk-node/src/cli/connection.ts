import type { Command } from "commander";
import type { MemoryClientOptions } from "../client-options.ts";
import { MemoryClient } from "../memory-client.ts";
import { messageOfRootCause } from "../root-cause.ts";
import { createPatientFetch } from "./patient-fetch.ts";

/** The flags for the server and the key. */
export interface ConnectionFlags {
  readonly baseUrl?: string;
  readonly apiKey?: string;
  readonly orgId?: string;
}

/** Gives a command the flags of a connection. */
export function withConnectionFlags(command: Command): Command {
  return command
    .option("--base-url <url>", "URL of the server (env: MEMLANE_BASE_URL, default: http://127.0.0.1:8787)")
    .option("--api-key <key>", "secret key (env: MEMLANE_API_KEY)")
    .option("--org-id <org>", "organisation of the key (env: MEMLANE_ORG_ID)");
}

/** A client for the duration of one command. */
export interface Connection {
  readonly client: MemoryClient;
  /** Aborts when the command must end. */
  readonly signal: AbortSignal;
  /** The message if the connection was given up; undefined if it was not. */
  readonly lostBecause: () => string | undefined;
}

/** How long to wait for a server that stopped answering: long enough for a restart. */
const patienceMs = 60_000;

/**
 * Creates a client whose `signal` aborts if the server stops answering for a minute, which is long enough for a
 * restart.
 */
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
    onTrouble: () => notice(`The server does not answer. Trying again for ${patienceMs / 1000} s`),
    onLost: (error) => {
      lostBecause = `the server has not answered for ${patienceMs / 1000} s: ${messageOfRootCause(error)}`;
      losing.abort();
    },
  });
  return {
    client: new MemoryClient({ ...options, fetch: patientFetch }),
    signal,
    lostBecause: () => lostBecause,
  };
}
