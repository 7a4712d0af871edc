import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { open } from "node:fs/promises";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";

const cli = fileURLToPath(new URL("../dist/cli.js", import.meta.url));

/** The exit code and the output of a run. The code is null if a signal ended it. */
export interface CliResult {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface CliOptions {
  /** @default empty */
  readonly environment?: Readonly<Record<string, string>>;
  /** The standard input. @default empty */
  readonly input?: string;
  /** A file to write the standard output to. @default none: `stdout` of the result contains it */
  readonly output?: string;
  /** Called with the process, for example to send it a signal. */
  readonly onStart?: (child: ChildProcess) => unknown;
}

/** Runs the built command line in its own process, without a terminal. */
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
