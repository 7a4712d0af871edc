// What Memlane does as the first process of a container that has no init.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { constants } from "node:os";

/**
 * Runs this program once more as a child, hands on the signals that stop it, and resolves with its exit code. The kernel lets no
 * process of a container kill its first one, so the watchdog could not end that.
 */
export async function runAsChild(): Promise<number> {
  const child = spawn(process.execPath, [...process.execArgv, ...process.argv.slice(1)], {
    stdio: "inherit",
    detached: true, // a terminal that interrupts the group would stop it twice
  });
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => child.kill(signal));
  const [code, signal] = await once(child, "exit");
  return code ?? 128 + constants.signals[signal as NodeJS.Signals];
}
