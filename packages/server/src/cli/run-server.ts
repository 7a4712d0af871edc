import { createLogger } from "../logging/logger.ts";
import type { Role } from "../open-server.ts";
import { findMisspellings, readEnvironment, type Settings } from "../settings/read-environment.ts";
import { untilStopped } from "../base/until-stopped.ts";
import { runAsChild } from "./run-as-child.ts";

/** Runs a server with these roles until a signal stops it. `withFlags` applies the flags of the command to the settings. */
export async function runServer(
  withFlags: (settings: Settings) => Settings,
  roles?: readonly Role[],
): Promise<never> {
  if (process.pid === 1) process.exit(await runAsChild());
  const settings = withFlags(readEnvironment());
  const log = createLogger(settings.logLevel);
  for (const { variable, meant } of findMisspellings()) {
    log.warn({ variable }, `${variable} is not a setting and is ignored. Did you mean ${meant}?`);
  }
  const stopped = untilStopped();
  const { startServer } = await import("../serve.ts"); // only here, so that the other commands start quickly
  const stopTraces =
    settings.traces && (await (await import("../tracing/export-traces.ts")).exportTraces(settings.traces));
  const server = await startServer(settings, log, roles);
  log.info({ signal: await stopped }, "stopping; a second signal, after a second or more, stops at once");
  await server.close();
  await stopTraces?.();
  log.info("stopped");
  // A job or a request that ignored its abort signal may still run. It can no longer change anything, so do not wait for it.
  process.exit();
}
