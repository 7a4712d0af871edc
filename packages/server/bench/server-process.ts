// The server as users run it. Its logs are discarded, because reading them would disturb the
// measurement.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { findFreePort } from "../src/embedded/free-port.ts";
import { inheritedEnvironment } from "../src/settings/read-environment.ts";
import { apiKey, orgId } from "./wire.ts";

/** A process that answers HTTP. */
export interface BenchProcess {
  readonly url: string;
  readonly stop: () => Promise<void>;
}

/** Starts the server on a database. */
export function startServer(
  command: "serve" | "api",
  databaseUrl: string,
  environment: Readonly<Record<string, string>> = {},
): Promise<BenchProcess> {
  return startProcess(new URL("../dist/cli.js", import.meta.url), (port) => [command, "--port", `${port}`], {
    DATABASE_URL: databaseUrl,
    MEMLANE_BOOTSTRAP_KEYS: `${orgId}:${apiKey}`,
    MEMLANE_LOG_LEVEL: "warn",
    ...environment,
  });
}

/** Starts a script that serves on a port, and resolves when it answers. */
export async function startProcess(
  script: URL,
  parametersOf: (port: number) => readonly string[],
  environment: Readonly<Record<string, string>>,
): Promise<BenchProcess> {
  const port = await findFreePort();
  const child = spawn(process.execPath, [fileURLToPath(script), ...parametersOf(port)], {
    env: { ...inheritedEnvironment(), ...environment },
    stdio: ["ignore", "ignore", "inherit"],
  });
  const url = `http://127.0.0.1:${port}`;
  const ended = once(child, "exit");
  process.once("exit", () => child.kill()); // if a measurement fails
  while (!(await isReady(url))) {
    if (child.exitCode !== null) throw new Error(`${script.pathname} ended with ${child.exitCode}`);
    await sleep(20);
  }
  return {
    url,
    async stop() {
      child.kill("SIGTERM");
      await ended;
    },
  };
}

async function isReady(url: string): Promise<boolean> {
  try {
    const response = await fetch(`${url}/readyz`);
    await response.arrayBuffer();
    return response.ok;
  } catch {
    return false;
  }
}
