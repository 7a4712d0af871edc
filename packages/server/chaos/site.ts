// The processes that are killed: everything in one, and a topology of APIs and workers on one PostgreSQL.
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { passwordFile, user } from "../src/embedded/initialise.ts";
import { readPidFile } from "../src/embedded/pid-file.ts";
import { startScratchPostgres } from "../test/scratch-postgres.ts";
import { killBackEnd, killPostmaster } from "./kill-postgres.ts";
import { supervise, type SupervisedProcess } from "./supervised-process.ts";

/** Kills something. `choice` is a number to choose by if there are several. */
type Kill = (choice: number) => Promise<void>;

/** Processes with one database. */
export interface Site {
  readonly name: string;
  /** The APIs; each accepts any request. */
  readonly urls: readonly string[];
  readonly findDatabaseUrl: () => Promise<string>;
  readonly kills: readonly Kill[];
  readonly close: () => Promise<void>;
}

/** How to start a site. */
export interface SiteOptions {
  readonly directory: string;
  readonly environment: Readonly<Record<string, string>>;
  /** Called if a process ends without being killed. */
  readonly onDeath: (reason: string) => void;
}

/** The total number of ways to kill something, over all sites. */
export const waysToKill = 8;

/** One process that does everything, on its embedded database. */
export async function openAllInOne(options: SiteOptions): Promise<Site> {
  const directory = join(options.directory, "all-in-one");
  const server = await supervise({ ...options, name: "serve", command: ["serve", "--data", directory] });
  const findDatabaseUrl = async () => {
    const data = join(directory, "postgres");
    const password = await readFile(join(data, passwordFile), "utf8");
    return `postgres://${user}:${password}@127.0.0.1:${readPidFile(data)?.port}/postgres`;
  };
  return {
    name: "all-in-one",
    urls: [server.url],
    findDatabaseUrl,
    kills: [
      server.kill,
      async () => {
        await Promise.all([server.kill(), killPostmaster(directory)]);
      },
      () => killPostmaster(directory),
      (choice) => killBackEnd(findDatabaseUrl, choice),
    ],
    close: server.stop,
  };
}

/** Two APIs and two workers on a PostgreSQL that this process starts, and starts again. */
export async function openTopology(options: SiteOptions): Promise<Site> {
  const postgres = await startScratchPostgres();
  const environment = { ...options.environment, DATABASE_URL: postgres.url };
  const start = (name: string, command: "api" | "worker") =>
    supervise({ ...options, environment, name, command: [command] });
  const apis = await Promise.all([start("api-1", "api"), start("api-2", "api")]);
  const workers = await Promise.all([start("worker-1", "worker"), start("worker-2", "worker")]);
  const oneOf = (processes: readonly SupervisedProcess[]) => (choice: number) =>
    processes[choice % processes.length]!.kill();
  const findDatabaseUrl = async () => postgres.url;
  return {
    name: "topology",
    urls: apis.map(({ url }) => url),
    findDatabaseUrl,
    kills: [
      oneOf(apis),
      oneOf(workers),
      () => killPostmaster(postgres.directory),
      (choice) => killBackEnd(findDatabaseUrl, choice),
    ],
    async close() {
      await Promise.all([...apis, ...workers].map(({ stop }) => stop()));
      await postgres.stop();
    },
  };
}
