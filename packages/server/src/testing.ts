// A temporary server for tests: the real process on the embedded database.
import { spawn, type ChildProcess } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { parseJson } from "@memlane/core/internal";
import * as z from "zod/mini";
import { openEmbeddedPostgres } from "./embedded/embedded-postgres.ts";
import { inheritedEnvironment } from "./settings/read-environment.ts";
import { createLogger } from "./logging/logger.ts";

// Resolved on demand, because some test runners load modules without `import.meta.resolve`.
const findCli = () =>
  fileURLToPath(new URL("dist/cli.js", import.meta.resolve("@memlane/server/package.json")));
const listening = z.object({ msg: z.literal("listening"), url: z.string() });

/** A server for tests. */
export interface TestServer {
  readonly url: string;
  readonly orgId: string;
  /** A key of `orgId` with all scopes. */
  readonly apiKey: string;
  readonly dataDirectory: string;
  readonly pid: number;
  /** The log lines so far. */
  readonly logs: readonly string[];
  /** Stops the server with SIGTERM, and deletes its data unless a folder was given. Resolves with its exit code. */
  readonly stop: () => Promise<number | null>;
  /** Kills the server with SIGKILL. Its database runs on until another server on the folder takes it over. */
  readonly kill: () => Promise<void>;
}

/** How to start a test server. */
export interface TestServerOptions {
  /** The command to run: `api` and `worker` need a `DATABASE_URL` in their environment. @default "serve" */
  readonly command?: "serve" | "api" | "worker";
  /** A folder to keep. @default a new one, which is deleted with the server */
  readonly dataDirectory?: string;
  /** More environment variables. With `MEMLANE_LOG_LEVEL`, "listening" (an info) must still be logged. */
  readonly environment?: Readonly<Record<string, string>>;
  /** @default any free port */
  readonly port?: number;
  /** @default "org_test" */
  readonly orgId?: string;
  /** @default a new key */
  readonly apiKey?: string;
}

/** Starts a server on a free port and resolves when it accepts requests. */
export async function startTestServer(options: TestServerOptions = {}): Promise<TestServer> {
  const { orgId = "org_test", apiKey = `mlk_${randomBytes(12).toString("hex")}`, environment } = options;
  const dataDirectory = options.dataDirectory ?? (await mkdtemp(join(tmpdir(), "memlane-test-")));
  const { command = "serve", port = 0 } = options;
  const folder = command === "serve" ? ["--data", dataDirectory] : [];
  const child = spawn(process.execPath, [findCli(), command, "--port", String(port), ...folder], {
    env: {
      ...inheritedEnvironment(),
      MEMLANE_BOOTSTRAP_KEYS: `${orgId}:${apiKey}`,
      MEMLANE_LOG_LEVEL: "info",
      ...environment,
    },
    stdio: ["ignore", "ignore", "pipe"],
  });
  const guard = whenThisEnds(
    `kill -TERM "$1"
    while kill -0 "$1"; do sleep 0.2; done
    rm -rf "$2"`,
    String(child.pid),
    options.dataDirectory === undefined ? dataDirectory : "",
  );
  child.once("close", () => guard.kill("SIGKILL"));
  const ended = once(child, "close"); // not "exit", because "close" comes after all output was read
  const logs: string[] = [];
  const cleanUp = async () => {
    if (options.dataDirectory === undefined) await rm(dataDirectory, { recursive: true, force: true });
  };
  const url = await new Promise<string>((resolve, reject) => {
    createInterface(child.stderr).on("line", (line) => {
      logs.push(line);
      const found = listening.safeParse(parseJson(line));
      if (found.success) resolve(found.data.url);
    });
    child.on("error", reject);
    child.on("close", (code) => reject(new Error(`the server ended with ${code}:\n${logs.join("\n")}`)));
  }).catch(async (error: unknown) => {
    await cleanUp();
    throw error;
  });
  return {
    url,
    orgId,
    apiKey,
    dataDirectory,
    pid: child.pid!,
    logs,
    async stop() {
      child.kill("SIGTERM");
      await ended;
      await cleanUp();
      return child.exitCode;
    },
    async kill() {
      child.kill("SIGKILL");
      await ended;
    },
  };
}

/** A PostgreSQL for tests with several server processes. */
export interface TestPostgres {
  /** The `DATABASE_URL`, for a user that may create databases. */
  readonly url: string;
  /** Its data folder. */
  readonly directory: string;
  /** Stops the database and deletes its data. */
  readonly stop: () => Promise<void>;
}

/** Starts a PostgreSQL in a new folder. It also ends, and its folder is deleted, if this process ends without `stop`. */
export async function startTestPostgres(): Promise<TestPostgres> {
  const directory = await mkdtemp(join(tmpdir(), "memlane-tests-"));
  const guard = guardPostgres(directory);
  const postgres = await openEmbeddedPostgres({ directory, as: "owner", log: createLogger("silent") });
  return {
    url: postgres.administratorUrl,
    directory,
    async stop() {
      await postgres.close();
      await rm(directory, { recursive: true, force: true });
      guard.kill("SIGKILL");
    },
  };
}

/** Ends the PostgreSQL of a folder, which is no child of this process, and deletes the folder. */
const guardPostgres = (directory: string) =>
  whenThisEnds(
    `postgres=$(head -n 1 "$1"/postgres/postmaster.pid) && kill -QUIT "$postgres" && sleep 1
    rm -rf "$1"`,
    directory,
  );

/** Runs a shell script when this process has ended, however that happens, unless the returned process is killed before. */
function whenThisEnds(script: string, ...values: readonly string[]): ChildProcess {
  // The end of this process closes the pipe from which `read` waits for a line.
  const guard = spawn("sh", ["-c", `read -r line\n${script}`, "sh", ...values], {
    detached: true, // a signal to the process group, such as Ctrl-C, must not end it
    stdio: ["pipe", "ignore", "ignore"],
  });
  guard.unref();
  return guard;
}
