// One process of the server that restarts whenever it ends, as under a supervisor.
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
const pauseMs = 100; // before the process is started again
const lastLines = 20; // of its log, which show why it ended

/** A process and its successors. */
export interface SupervisedProcess {
  /** The address; the port stays the same after a restart. */
  readonly url: string;
  /** Kills the running process, even while it starts. If none runs, waits for one. */
  readonly kill: () => Promise<void>;
  /** Stops the process with SIGTERM, without a restart. */
  readonly stop: () => Promise<void>;
}

/** How to start a process. */
export interface ProcessOptions {
  readonly name: string;
  /** The command with its options, without the port. */
  readonly command: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  /** The folder of the process's log. */
  readonly directory: string;
  /** Called if a process that was ready ends without being killed. */
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
    // A process that cannot start without its database ends and restarts. A process that has served
    // must survive that.
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
