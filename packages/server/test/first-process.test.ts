// Memlane as the first process of a container without an init. No process of a container can kill its
// first process, so Memlane then runs the server as a child.
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const unshare = ["--pid", "--fork", "--kill-child", "--mount-proc"];
const canUnshare = (() => {
  try {
    execFileSync("unshare", [...unshare, "true"], { stdio: "ignore" });
    return true;
  } catch {
    return false; // not on Linux, or not root
  }
})();
const cli = fileURLToPath(new URL("../dist/cli.js", import.meta.url));
const stalledProcess = fileURLToPath(new URL("stalled-process.ts", import.meta.url));

/** Starts a program as the first process of a new namespace. */
function startFirst(...args: string[]) {
  const child = spawn("unshare", [...unshare, process.execPath, ...args], {
    stdio: ["ignore", "ignore", "pipe"],
    env: { PATH: process.env["PATH"] },
  });
  return { child, ended: once(child, "exit"), lines: createInterface(child.stderr) };
}

/** The process ids of a process's children. */
const childrenOf = (pid: number) =>
  readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").trim().split(" ").map(Number);

test.runIf(canUnshare)(
  "the watchdog ends a first process with a blocked event loop",
  async () => {
    const { ended, lines } = startFirst(stalledProcess);
    const [said] = await once(lines, "line");
    expect(said).toContain("the event loop stood still for 0.3 s");
    expect(await ended).toEqual([128 + 9, null]);
  },
  20_000,
);

test.runIf(canUnshare)(
  "a server that is the first process stops cleanly on a signal",
  async () => {
    const folder = await mkdtemp(join(tmpdir(), "memlane-first-"));
    const { child, ended, lines } = startFirst(cli, "serve", "--port", "0", "--data", folder);
    for await (const line of lines) if (line.includes('"listening"')) break;
    const [first] = childrenOf(child.pid!);
    process.kill(first!, "SIGTERM");
    expect(await ended).toEqual([0, null]);
    expect(existsSync(join(folder, "postgres", "postmaster.pid"))).toBe(false);
    await rm(folder, { recursive: true });
  },
  60_000,
);
