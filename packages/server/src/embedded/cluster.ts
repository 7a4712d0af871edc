// One PostgreSQL cluster in a folder: made, started, found and stopped.
import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { chown, mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Client, DatabaseError } from "pg";
import { findAccount, type Account } from "./account.ts";
import { findBinaries, run, type Binaries } from "./binaries.ts";

const user = "memlane";
const startingUp = "57P03"; // cannot_connect_now: it is alive, and recovering

/** A cluster in its folder, running or not. */
export interface Cluster {
  /** Starts it, or finds it running, and answers its connection string. */
  readonly start: () => Promise<string>;
  /** Stops it and waits until it is gone. */
  readonly stop: () => Promise<void>;
}

/** The cluster in `directory`; made there when there is none. */
export async function openCluster(directory: string): Promise<Cluster> {
  const root = resolve(directory);
  await mkdir(root, { recursive: true });
  const binaries = await findBinaries();
  const account = await findAccount([binaries.postgres, root]);
  const data = join(root, "postgres");
  if (!existsSync(data)) await initialise(root, binaries, account);
  const password = (await readFile(join(data, "memlane-password"), "utf8")).trim();
  const log = join(data, "server.log");
  let port: number | undefined; // kept over restarts, so that a connection string stays true

  const urlOf = (onPort: number) => `postgres://${user}:${password}@127.0.0.1:${onPort}/postgres`;
  const findRunning = async () => {
    const found = await readPidFile(data);
    if (found === undefined || !isAlive(found.pid)) return undefined;
    return { url: urlOf(found.port), port: found.port, readiness: await probe(urlOf(found.port)) };
  };

  return {
    async start() {
      let strangeUntilMs = Date.now() + 10_000;
      for (;;) {
        const running = await findRunning();
        if (running?.readiness === "ready") {
          port = running.port;
          return running.url;
        }
        if (running?.readiness === "starting") strangeUntilMs = Date.now() + 10_000;
        // A pid file may outlive its server, and its number may belong to somebody else by now: after a
        // while PostgreSQL itself is left to judge.
        if (running === undefined || Date.now() > strangeUntilMs) {
          port ??= await findFreePort();
          const options = `-c listen_addresses=127.0.0.1 -c port=${port} -c unix_socket_directories=''`;
          try {
            await run(
              binaries.pg_ctl,
              ["start", "-w", "-t", "60", "-D", data, "-l", log, "-o", options],
              account,
            );
          } catch (error) {
            if ((await findRunning()) === undefined) {
              throw new Error(`PostgreSQL did not start in ${data}; its log is ${log}`, { cause: error });
            }
          }
        }
        await sleep(50);
      }
    },
    async stop() {
      await run(binaries.pg_ctl, ["stop", "-w", "-t", "60", "-m", "fast", "-D", data], account);
    },
  };
}

/** Makes a cluster beside its place and moves it in when it is whole, so that a half-made one is never found. */
async function initialise(root: string, binaries: Binaries, account: Account | undefined): Promise<void> {
  const scratch = join(root, `postgres-${randomBytes(4).toString("hex")}.new`);
  const passwordFile = `${scratch}.password`;
  try {
    await mkdir(scratch, { mode: 0o700 });
    await writeFile(passwordFile, randomBytes(24).toString("base64url"), { mode: 0o600 });
    if (account !== undefined) {
      await chown(scratch, account.uid, account.gid);
      await chown(passwordFile, account.uid, account.gid);
    }
    const authentication = ["--auth=scram-sha-256", `--pwfile=${passwordFile}`];
    const locale = ["--encoding=UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"];
    await run(binaries.initdb, ["-D", scratch, "-U", user, ...authentication, ...locale], account);
    await rename(passwordFile, join(scratch, "memlane-password"));
    await rename(scratch, join(root, "postgres"));
  } catch (error) {
    await rm(scratch, { recursive: true, force: true });
    await rm(passwordFile, { force: true });
    // Another process may have been first: then its cluster serves as well.
    if (!existsSync(join(root, "postgres"))) throw error;
  }
}

async function readPidFile(data: string): Promise<{ pid: number; port: number } | undefined> {
  try {
    const lines = (await readFile(join(data, "postmaster.pid"), "utf8")).split("\n");
    const [pid, port] = [Number(lines[0]), Number(lines[3])];
    return pid > 0 && port > 0 ? { pid, port } : undefined;
  } catch {
    return undefined;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}

async function probe(connectionString: string): Promise<"ready" | "starting" | "silent"> {
  const client = new Client({ connectionString, connectionTimeoutMillis: 2000 });
  client.on("error", () => {});
  try {
    await client.connect();
    return "ready";
  } catch (error) {
    return error instanceof DatabaseError && error.code === startingUp ? "starting" : "silent";
  } finally {
    await client.end().catch(() => {});
  }
}

function findFreePort(): Promise<number> {
  return new Promise((found, reject) => {
    const server = createServer();
    server.on("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => found(typeof address === "object" && address !== null ? address.port : 0));
    });
  });
}
