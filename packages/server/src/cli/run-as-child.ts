// Runs Memlane as a child if it is the first process of a container.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { constants } from "node:os";

/**
 * Runs this program again as a child, forwards the signals that stop it, and resolves with its exit code. Otherwise the watchdog
 * could not kill the server, because the kernel lets no process of a container kill the first one.
 */
export async function runAsChild(): Promise<number> {
  const child = spawn(process.execPath, [...process.execArgv, ...process.argv.slice(1)], {
    stdio: "inherit",
    detached: true, // otherwise Ctrl-C in a terminal would reach the child twice
  });
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => child.kill(signal));
  const [code, signal] = await once(child, "exit");
  return code ?? 128 + constants.signals[signal as NodeJS.Signals];
}
