// One process of the server that is started again whenever it ends, as the supervisor of a machine would.
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { findFreePort } from "../src/embedded/free-port.ts";
import { inheritedEnvironment } from "../src/settings/read-environment.ts";

const cli = fileURLToPath(new URL("../dist/cli.js", import.meta.url));
const pauseMs = 100; // before it is started again
const lastLines = 20; // of its log, which tell why it ended

/** A process, or the one after it. */
export interface SupervisedProcess {
  /** Where it answers, while it does: its port stays. */
  readonly url: string;
  /** Kills what runs, however far it has come with its start; waits for it, when nothing runs. */
  readonly kill: () => Promise<void>;
  /** Stops it as SIGTERM does, for good. */
  readonly stop: () => Promise<void>;
}

/** How to start it. */
export interface ProcessOptions {
  readonly name: string;
  /** Its command with its options, but for the port. */
  readonly command: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  /** Where its log goes. */
  readonly directory: string;
  /** Hears of one that served, and then ended though nobody killed it. */
  readonly onDeath: (reason: string) => void;
}

/** Starts a process; it may not answer yet when the promise resolves. */
export async function supervise(options: ProcessOptions): Promise<SupervisedProcess> {
  const { name, command, environment, directory, onDeath } = options;
  const port = await findFreePort();
  const log = createWriteStream(join(directory, `${name}.log`));
  let child: ChildProcess | undefined;
  let isStopping = false;

  async function runOnce(): Promise<void> {
    const started = spawn(process.execPath, [cli, ...command, "--port", String(port)], {
      env: { ...inheritedEnvironment(), ...environment, MEMLANE_LOG_LEVEL: "info" },
      stdio: ["ignore", "ignore", "pipe"],
    });
    child = started;
    let served = false;
    const last: string[] = [];
    createInterface(started.stderr).on("line", (line) => {
      served ||= line.includes('"listening"');
      last.push(line);
      if (last.length > lastLines) last.shift();
      log.write(`${line}\n`);
    });
    await once(started, "close");
    child = undefined;
    // One that cannot start, for want of its database, ends and is started again. One that serves must bear it.
    if (served && started.signalCode !== "SIGKILL" && !isStopping)
      onDeath(`${name} ended by itself with ${started.exitCode ?? started.signalCode}:\n${last.join("\n")}`);
  }
  const running = (async () => {
    while (!isStopping) {
      await runOnce();
      if (!isStopping) await sleep(pauseMs);
    }
  })();

  return {
    url: `http://127.0.0.1:${port}`,
    async kill() {
      while (child === undefined) await sleep(10);
      const gone = once(child, "close");
      child.kill("SIGKILL");
      await gone;
    },
    async stop() {
      isStopping = true;
      child?.kill("SIGTERM");
      await running;
      log.end();
    },
  };
}
