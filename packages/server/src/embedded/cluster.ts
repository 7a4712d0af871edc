// One PostgreSQL cluster in a folder: started, found and stopped.
import { mkdir, readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Client, DatabaseError } from "pg";
import { findAccount } from "./account.ts";
import { findBinaries, run } from "./binaries.ts";
import { findFreePort } from "./free-port.ts";
import { initialise, passwordFile, user } from "./initialise.ts";
import { findServer, isPostgres, pidFileOf, readPidFile, removeMisleadingPidFile } from "./pid-file.ts";

const notNow = "57P03"; // cannot_connect_now: it is alive, and starting, recovering or stopping
const silenceMs = 10_000;
const stopMs = 30_000; // to write down what is in memory
const launches = 3; // another process may launch it at the same moment, or take the port

/** A cluster in its folder, running or not. */
export interface Cluster {
  /** Starts it, or finds it running, and answers its connection string. */
  readonly start: () => Promise<string>;
  /** Stops it, if it runs, and waits until it is gone. */
  readonly stop: () => Promise<void>;
}

/**
 * The cluster in `directory`; made there when there is none. Its server is given `patienceMs` to stop in order; then it stops as in
 * a crash, which loses nothing and makes the next start recover.
 */
export async function openCluster(directory: string, patienceMs = stopMs): Promise<Cluster> {
  const root = resolve(directory);
  const data = join(root, "postgres");
  await mkdir(root, { recursive: true }).catch((cause: unknown) => {
    const message = `The embedded database cannot use the data folder ${root}. Choose another with --data, or set DATABASE_URL to a PostgreSQL of your own.`;
    throw new Error(message, { cause });
  });
  const binaries = await findBinaries();
  const account = await findAccount(data, [binaries.postgres, root]);
  await initialise(root, data, binaries, account);
  const password = await readPassword(data);
  let promisedPort: number | undefined; // kept over restarts, so that a connection string stays true

  const urlOf = (onPort: number) => `postgres://${user}:${password}@127.0.0.1:${onPort}/postgres`;
  // pg_ctl hands its paths to a shell, between double quotes: these hold nothing that a shell would read.
  const control = (command: string, ...options: string[]) =>
    run(binaries.pg_ctl, [command, "-D", "postgres", ...options], account, root);

  async function launch(): Promise<void> {
    // Who was connected to a server that was killed comes back to its port, whoever starts it again.
    const port = promisedPort ?? (await findFreePort(readPidFile(data)?.port));
    removeMisleadingPidFile(data);
    const options = `-c listen_addresses=127.0.0.1 -c port=${port} -c unix_socket_directories=''`;
    try {
      await control("start", "-w", "-t", "60", "-l", "postgres/server.log", "-o", options);
    } catch (cause) {
      const message = `PostgreSQL did not start in ${data}; its log is ${join(data, "server.log")}`;
      throw new Error(message, { cause });
    }
  }

  function silenceOf(pid: number): Error {
    return new Error(
      `The process ${pid} does not answer as the PostgreSQL of ${data}. ` +
        `If it is that, end it; if it is not, delete ${pidFileOf(data)}.`,
    );
  }

  return {
    async start() {
      let failures = 0;
      let heardAtMs = Date.now();
      for (;;) {
        const server = findServer(data);
        if (server === undefined) {
          await launch().catch((error: unknown) => {
            if ((failures += 1) === launches) throw error;
          });
          heardAtMs = Date.now();
        } else {
          const readiness = await probe(urlOf(server.port));
          if (readiness === "ready") {
            promisedPort = server.port;
            return urlOf(server.port);
          }
          if (readiness === "starting") heardAtMs = Date.now();
          else if (Date.now() - heardAtMs > silenceMs) throw silenceOf(server.pid);
        }
        await sleep(50);
      }
    },
    async stop() {
      const server = findServer(data);
      if (server === undefined) return;
      const ask = (mode: "fast" | "immediate") =>
        // Without pg_ctl's own wait, which goes on when another process has started the next server by then.
        control("stop", "-W", "-m", mode).catch((error: unknown) => {
          if (isPostgres(server.pid)) throw error;
        });
      const isGoneBy = async (untilMs: number) => {
        while (isPostgres(server.pid) && Date.now() < untilMs) await sleep(20);
        return !isPostgres(server.pid);
      };
      await ask("fast");
      // PostgreSQL 18 that is asked in the moment in which it recovers from a crash of its own never ends by itself.
      if (await isGoneBy(Date.now() + patienceMs)) return;
      await ask("immediate");
      await isGoneBy(Infinity);
    },
  };
}

async function readPassword(data: string): Promise<string> {
  try {
    return await readFile(join(data, passwordFile), "utf8");
  } catch (cause) {
    const message = `${data} is no database of Memlane, or not of this account. Choose another folder with --data.`;
    throw new Error(message, { cause });
  }
}

async function probe(connectionString: string): Promise<"ready" | "starting" | "silent"> {
  const client = new Client({ connectionString, connectionTimeoutMillis: 2000 });
  client.on("error", () => {});
  try {
    await client.connect();
    return "ready";
  } catch (error) {
    if (!(error instanceof DatabaseError)) return "silent";
    return error.code === notNow ? "starting" : "ready"; // whoever connects hears what else is wrong
  } finally {
    await client.end().catch(() => {});
  }
}
