// The pid file that PostgreSQL writes into the folder of a cluster while it runs.
import { readFileSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

const writingMs = 1000; // much longer than a starting server takes to fill its pid file

/** The contents of a pid file. */
export interface PidFile {
  readonly pid: number;
  readonly port: number;
}

/** The path of a cluster's pid file. */
export const pidFileOf = (data: string) => join(data, "postmaster.pid");

/** Reads the pid file of the cluster in `data`. The server may be gone. */
export function readPidFile(data: string): PidFile | undefined {
  try {
    const lines = readFileSync(pidFileOf(data), "utf8").split("\n");
    const [pid, port] = [Number(lines[0]), Number(lines[3])];
    return pid > 0 && port > 0 ? { pid, port } : undefined;
  } catch {
    return undefined;
  }
}

/** Reads the pid file of the cluster in `data`, if its server runs. */
export function findServer(data: string): PidFile | undefined {
  const found = readPidFile(data);
  return found !== undefined && isPostgres(found.pid) ? found : undefined;
}

/** Whether a process is a running PostgreSQL server. */
export const isPostgres = (pid: number) => identify(pid) === "postgres";

/**
 * Removes a pid file that would prevent a start: that of a killed server, if its process id now
 * belongs to another program or to a zombie, as happens when a container restarts; or an empty one,
 * as a power failure leaves it.
 */
export async function removeMisleadingPidFile(data: string): Promise<void> {
  if (isEmpty(data)) await sleep(writingMs);
  const found = readPidFile(data);
  const isMisleading = found === undefined ? isEmpty(data) : identify(found.pid) === "other";
  if (isMisleading) rmSync(pidFileOf(data), { force: true });
}

const isEmpty = (data: string) => statSync(pidFileOf(data), { throwIfNoEntry: false })?.size === 0;

function identify(pid: number): "postgres" | "other" | "none" {
  try {
    if (process.platform === "linux") {
      const status = readFileSync(`/proc/${pid}/stat`, "latin1");
      return /^\d+ \(postgres\) [^XZ]/.test(status) ? "postgres" : "other";
    }
    process.kill(pid, 0); // throws for a process of another account; the database runs under this one
    return "postgres";
  } catch {
    return "none";
  }
}
