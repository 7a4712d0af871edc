// One PostgreSQL cluster in a folder: starts, finds and stops it.
import { createReadStream } from "node:fs";
import { chmod, readFile, stat } from "node:fs/promises";
import { join, resolve } from "node:path";
import { text } from "node:stream/consumers";
import { setTimeout as sleep } from "node:timers/promises";
import { Client, DatabaseError } from "pg";
import { makeFolder } from "../base/make-folder.ts";
import { findAccount } from "./account.ts";
import { findBinaries, run } from "./binaries.ts";
import { faultsIn } from "./faults.ts";
import { findFreePort } from "./free-port.ts";
import { initialise, passwordFile, user } from "./initialise.ts";
import { findServer, isPostgres, pidFileOf, readPidFile, removeMisleadingPidFile } from "./pid-file.ts";
import { checkMajor } from "./major-version.ts";

const notNow = "57P03"; // cannot_connect_now: it is starting, recovering or stopping
const silenceMs = 10_000;
const stopMs = 30_000; // time to write the memory to disk
const launches = 3; // another process may launch it at the same moment, or take the port

/** A cluster in its folder, running or not. */
export interface Cluster {
  /** Starts the server, or finds it running. Resolves with its connection string. */
  readonly start: () => Promise<string>;
  /** Whether the running server was started by this object. */
  readonly isStartedHere: () => boolean;
  /** Stops the server, if it runs, and waits until it is gone. */
  readonly stop: () => Promise<void>;
}

/**
 * Opens the cluster in `directory`, and creates it if there is none. Its server gets `patienceMs`
 * for an orderly stop. After that it is stopped as in a crash: nothing is lost, but the next start
 * must recover.
 */
export async function openCluster(directory: string, patienceMs = stopMs): Promise<Cluster> {
  const root = resolve(directory);
  const data = join(root, "postgres");
  const objectToFolder = (cause: unknown) => {
    const message = `The embedded database cannot use the data folder ${root}. Choose another with --data, or set DATABASE_URL to a PostgreSQL of your own.`;
    throw new Error(message, { cause });
  };
  await makeFolder(root).catch(objectToFolder);
  const binaries = await findBinaries();
  const account = await findAccount(data, [binaries.postgres, root]);
  await initialise(root, data, binaries, account).catch(objectToFolder);
  const password = await readPassword(data);
  await checkMajor(data, binaries);
  await restrictAccess(data);
  let startedPid: number | undefined;
  let promisedPort: number | undefined; // kept over restarts, so that connection strings stay valid

  const urlOf = (onPort: number) => `postgres://${user}:${password}@127.0.0.1:${onPort}/postgres`;
  // pg_ctl passes its paths to a shell between double quotes. These paths contain nothing that a
  // shell would interpret.
  const control = (command: string, ...options: string[]) =>
    run(binaries.pg_ctl, [command, "-D", "postgres", ...options], account, root);

  async function launch(): Promise<void> {
    // Reuses the old port, so that clients of a server that was killed can reconnect.
    const port = promisedPort ?? (await findFreePort(readPidFile(data)?.port));
    await removeMisleadingPidFile(data);
    const log = join(data, "server.log");
    const { size } = await stat(log).catch(() => ({ size: 0 }));
    const options = `-c listen_addresses=127.0.0.1 -c port=${port} -c unix_socket_directories=''`;
    const failure = await control("start", "-w", "-t", "60", "-l", "postgres/server.log", "-o", options).then(
      () => undefined,
      (error: unknown) => error,
    );
    if (failure === undefined) {
      startedPid = readPidFile(data)?.pid;
      return;
    }
    const logged = await text(createReadStream(log, { start: size })).catch(() => "");
    const message = `PostgreSQL did not start in ${data}; its log is ${log}`;
    throw new Error(message, { cause: logged === "" ? failure : new Error(faultsIn(logged)) });
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
    isStartedHere: () => startedPid !== undefined && findServer(data)?.pid === startedPid,
    async stop() {
      const server = findServer(data);
      if (server === undefined) return;
      const ask = (mode: "fast" | "immediate") =>
        // Does not use pg_ctl's own wait: if another process starts the next server meanwhile, pg_ctl
        // continues to wait.
        control("stop", "-W", "-m", mode).catch((error: unknown) => {
          if (isPostgres(server.pid)) throw error;
        });
      const isGoneBy = async (untilMs: number) => {
        while (isPostgres(server.pid) && Date.now() < untilMs) await sleep(20);
        return !isPostgres(server.pid);
      };
      await ask("fast");
      // PostgreSQL 18 never ends by itself if it is asked to stop while it recovers from a crash.
      if (await isGoneBy(Date.now() + patienceMs)) return;
      await ask("immediate");
      await isGoneBy(Infinity);
    },
  };
}

/** Takes back rights that a volume of Kubernetes with an `fsGroup` gets. PostgreSQL would refuse to start. */
async function restrictAccess(data: string): Promise<void> {
  const { mode } = await stat(data);
  if ((mode & 0o027) === 0) return;
  await chmod(data, 0o700).catch((cause: unknown) => {
    const message = `Other accounts may read or change ${data}, and this one may not forbid it: make its owner run Memlane, or run "chmod 700" on it.`;
    throw new Error(message, { cause });
  });
}

async function readPassword(data: string): Promise<string> {
  try {
    return await readFile(join(data, passwordFile), "utf8");
  } catch (cause) {
    const message = `${data} is not a database of Memlane, or belongs to another account. Choose another folder with --data.`;
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
    return error.code === notNow ? "starting" : "ready"; // connecting reports any other problem
  } finally {
    await client.end().catch(() => {});
  }
}
