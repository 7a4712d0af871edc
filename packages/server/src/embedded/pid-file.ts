// What PostgreSQL says of itself in the folder of a cluster while it runs.
import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";

/** What a pid file holds. */
export interface PidFile {
  readonly pid: number;
  readonly port: number;
}

/** Where the pid file of a cluster is. */
export const pidFileOf = (data: string) => join(data, "postmaster.pid");

/** The pid file of the cluster in `data`, which may have outlived its server. */
export function readPidFile(data: string): PidFile | undefined {
  try {
    const lines = readFileSync(pidFileOf(data), "utf8").split("\n");
    const [pid, port] = [Number(lines[0]), Number(lines[3])];
    return pid > 0 && port > 0 ? { pid, port } : undefined;
  } catch {
    return undefined;
  }
}

/** The pid file of the cluster in `data`, if its server lives. */
export function findServer(data: string): PidFile | undefined {
  const found = readPidFile(data);
  return found !== undefined && isPostgres(found.pid) ? found : undefined;
}

/** Whether a process is a PostgreSQL server that lives. */
export const isPostgres = (pid: number) => identify(pid) === "postgres";

/**
 * Removes the pid file of a killed server whose number is somebody else's by now, as happens in a container that
 * starts again, or that of a zombie which nobody reaps: PostgreSQL would take that process for the server.
 */
export function removeMisleadingPidFile(data: string): void {
  const found = readPidFile(data);
  if (found !== undefined && identify(found.pid) === "other") rmSync(pidFileOf(data), { force: true });
}

function identify(pid: number): "postgres" | "other" | "nobody" {
  try {
    if (process.platform === "linux") {
      const status = readFileSync(`/proc/${pid}/stat`, "latin1");
      return /^\d+ \(postgres\) [^XZ]/.test(status) ? "postgres" : "other";
    }
    process.kill(pid, 0); // which throws for another account's process: the database runs under this one
    return "postgres";
  } catch {
    return "nobody";
  }
}
