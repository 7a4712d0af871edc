import type { Runtime } from "@memlane/core";
import type { ClientSettings } from "./client-options.ts";
import { sleep } from "./sleep.ts";
import { createTransport } from "./transport.ts";

/** The runtime of core's client. */
export function createRuntime(settings: ClientSettings): Runtime {
  return { transport: createTransport(settings), now: Date.now, random: Math.random, sleep };
}
