import { spawnSync } from "node:child_process";

const flag = "--no-memory-protection-keys";

/**
 * Starts this program again, in the same process, with a flag of V8: without it, V8 can abort when a thread ends (ADR 33). V8 reads
 * the flag only at its start. Does nothing if the flag is set, if this Node.js does not know it, or outside Linux, where V8 uses no
 * such keys.
 */
export function withoutMemoryProtectionKeys(): void {
  if (process.platform !== "linux" || process.execve === undefined) return;
  if (process.execArgv.includes(flag)) return;
  if (process.channel !== undefined) return; // the parent's channel would not survive
  if (spawnSync(process.execPath, [flag, "--version"]).status !== 0) return;
  const program = [process.execPath, flag, ...process.execArgv, ...process.argv.slice(1)];
  // oxlint-disable-next-line node/no-process-env -- no setting is read, and this file loads nothing else
  process.execve(process.execPath, program, { ...process.env }); // without it, Node.js 22.18 passes an empty environment
}
