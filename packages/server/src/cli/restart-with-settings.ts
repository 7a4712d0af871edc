import { spawnSync } from "node:child_process";

/** Without this flag V8 can abort when a thread ends (ADR 33). Only Linux has such keys. */
const flag = "--no-memory-protection-keys";

/**
 * glibc's malloc keeps freed memory for each thread, and raises the size from which it gives memory back. A server that had
 * received large bodies kept a quarter more memory (ADR 33).
 */
const mallocSettings = { MALLOC_ARENA_MAX: "2", MALLOC_MMAP_THRESHOLD_: "131072" };

/**
 * Starts this program again, in the same process, with the settings above, which are read only at its start. Does nothing if they are
 * set, if this Node.js lacks the flag, or outside Linux.
 */
export function restartWithSettings(): void {
  if (process.platform !== "linux" || process.execve === undefined) return;
  // oxlint-disable-next-line node/no-process-env -- no setting of the server is read, and this file loads nothing else
  const { env } = process;
  const isSet = Object.keys(mallocSettings).every((name) => name in env);
  if (isSet && process.execArgv.includes(flag)) return;
  if (process.channel !== undefined) return; // the parent's channel would not survive
  if (spawnSync(process.execPath, [flag, "--version"]).status !== 0) return;
  const options = process.execArgv.filter((option) => option !== flag);
  const program = [process.execPath, flag, ...options, ...process.argv.slice(1)];
  process.execve(process.execPath, program, { ...mallocSettings, ...env });
}
