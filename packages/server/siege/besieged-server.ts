// The server under attack: a real process with its embedded database, restarted when it dies.
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { passwordFile, user } from "../src/embedded/initialise.ts";
import { findFreePort } from "../src/embedded/free-port.ts";
import { findServer, readPidFile } from "../src/embedded/pid-file.ts";
import { inheritedEnvironment } from "../src/settings/read-environment.ts";
import { limitMemory } from "./memory-limit.ts";

/** A server under attack. */
export interface BesiegedServer {
  readonly url: string;
  /** The reason of each death of the server or its database. */
  readonly deaths: readonly string[];
  /** Whether the kernel applies the memory limit to the server and its database. */
  readonly isLimited: boolean;
  /**
   * The peak memory of any process of the server, without the database; undefined if the system does not
   * report it.
   */
  readonly peakRssBytes: () => number | undefined;
  readonly findDatabaseUrl: () => Promise<string>;
  /** Waits until several answers in a row are quick. False if that takes too long. */
  readonly untilCalm: () => Promise<boolean>;
  /** Stops the server. A server that does not stop counts as dead. */
  readonly stop: () => Promise<void>;
}

/** How to start the server. */
export interface BesiegedOptions {
  /** The data folder. */
  readonly directory: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly memoryLimitBytes: number;
}

const cli = fileURLToPath(new URL("../dist/cli.js", import.meta.url));
const restartMs = 100;
const patienceMs = 120_000;
const stopMs = 60_000;
const calmMs = 300; // a slower answer is still an effect of the attack
const sampleMs = 100; // between two readings of the memory
const lastLines = 10; // of its log, for the reason of a death
const databaseDeath = "the embedded PostgreSQL ended";

/** Starts a server, and resolves when it accepts requests. */
export async function besiege({
  directory,
  environment,
  memoryLimitBytes,
}: BesiegedOptions): Promise<BesiegedServer> {
  const port = await findFreePort();
  const url = `http://127.0.0.1:${port}`;
  const data = join(directory, "data");
  const limit = await limitMemory(memoryLimitBytes);
  const deaths: string[] = [];
  let kills = 0; // by the memory limit
  let peakRssBytes: number | undefined;
  let child: ChildProcess | undefined;
  let isStopping = false;
  let stopping: Promise<void> | undefined;

  async function runOnce(): Promise<void> {
    const command = [process.execPath, cli, "serve", "--port", String(port), "--data", data];
    const [program, ...args] = [...(limit?.prefix ?? []), ...command] as [string, ...string[]];
    const started = spawn(program, args, {
      env: { ...inheritedEnvironment(), ...environment, MEMLANE_LOG_LEVEL: "warn" },
      stdio: ["ignore", "ignore", "pipe"],
    });
    child = started;
    const last: string[] = [];
    createInterface(started.stderr).on("line", (line) => {
      if (line.includes(databaseDeath)) void die(line);
      last.push(line.slice(0, 500));
      if (last.length > lastLines) last.shift();
    });
    const sampling = setInterval(() => void sample(started.pid!), sampleMs);
    await once(started, "close");
    clearInterval(sampling);
    child = undefined;
    if (!isStopping)
      await die(`the server ended with ${started.signalCode ?? started.exitCode}\n${last.join("\n")}`);
  }

  async function die(what: string): Promise<void> {
    const before = kills;
    kills = (await limit?.countKills()) ?? 0;
    deaths.push(kills > before ? `out of memory: ${what}` : what);
  }

  async function sample(pid: number): Promise<void> {
    const status = await readFile(`/proc/${pid}/status`, "utf8").catch(() => "");
    const peakKilobytes = /^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1];
    if (peakKilobytes !== undefined) peakRssBytes = Math.max(peakRssBytes ?? 0, Number(peakKilobytes) * 1024);
  }

  async function untilCalm(): Promise<boolean> {
    const untilMs = performance.now() + patienceMs;
    for (let calm = 0; calm < 3;) {
      if (performance.now() > untilMs) return false;
      const startedMs = performance.now();
      const isUp = await fetch(`${url}/readyz`, { signal: AbortSignal.timeout(10_000) }).then(
        ({ ok }) => ok,
        () => false,
      );
      calm = isUp && performance.now() - startedMs < calmMs ? calm + 1 : 0;
      await sleep(50);
    }
    return true;
  }

  const running = (async () => {
    while (!isStopping) {
      await runOnce();
      if (!isStopping) await sleep(restartMs);
    }
  })();
  return {
    url,
    deaths,
    isLimited: limit !== undefined,
    peakRssBytes: () => peakRssBytes,
    async findDatabaseUrl() {
      const folder = join(data, "postgres");
      const password = await readFile(join(folder, passwordFile), "utf8");
      return `postgres://${user}:${password}@127.0.0.1:${readPidFile(folder)?.port}/postgres`;
    },
    untilCalm,
    stop: () => (stopping ??= stop()),
  };

  async function stop(): Promise<void> {
    isStopping = true;
    child?.kill("SIGTERM");
    const kill = setTimeout(() => {
      deaths.push(`did not stop within ${stopMs / 1000} s`);
      child?.kill("SIGKILL");
    }, stopMs);
    await running;
    clearTimeout(kill);
    const database = findServer(join(data, "postgres"));
    if (database !== undefined) process.kill(database.pid, "SIGQUIT"); // the database outlived the server
    await limit?.remove();
  }
}
