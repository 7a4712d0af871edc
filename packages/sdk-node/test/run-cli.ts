import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { open } from "node:fs/promises";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";

const cli = fileURLToPath(new URL("../dist/cli.js", import.meta.url));

/** What a run of the command line left behind. */
export interface CliResult {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** How to run it. */
export interface CliOptions {
  /** The environment, which is empty otherwise. */
  readonly environment?: Readonly<Record<string, string>>;
  /** The standard input, which is empty otherwise. */
  readonly input?: string;
  /** A file that takes the standard output, which is given back otherwise. */
  readonly output?: string;
  /** Given the process, to signal it. */
  readonly onStart?: (child: ChildProcess) => unknown;
}

/** Runs the built command line as a process of its own, with pipes for a terminal. */
export async function runCli(args: readonly string[], options: CliOptions = {}): Promise<CliResult> {
  const { environment = {}, input = "", output, onStart = () => {} } = options;
  const file = output === undefined ? undefined : await open(output, "w");
  const stdio = ["pipe", file?.fd ?? "pipe", "pipe"] as const;
  const child = spawn(process.execPath, [cli, ...args], { env: environment, stdio: [...stdio] });
  const started = onStart(child);
  child.stdin!.end(input);
  const [stdout, stderr] = await Promise.all([
    child.stdout === null ? "" : text(child.stdout),
    text(child.stderr!),
    once(child, "close"),
  ]);
  await started;
  await file?.close();
  return { code: child.exitCode, stdout, stderr };
}
