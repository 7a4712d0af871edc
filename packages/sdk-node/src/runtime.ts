import type { Runtime } from "@memlane/core";
import type { ConnectionSettings } from "./client-options.ts";
import { sleep } from "./sleep.ts";
import { createTransport } from "./transport.ts";

/** The runtime of core's client. */
export function createRuntime(settings: ConnectionSettings): Runtime {
  return { transport: createTransport(settings), now: Date.now, random: Math.random, sleep };
}
