// The processes that are killed: everything in one, and topologies of APIs and workers on one PostgreSQL.
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { passwordFile, user } from "../src/embedded/initialise.ts";
import { readPidFile } from "../src/embedded/pid-file.ts";
import { startPgBouncer } from "../test/pgbouncer.ts";
import { startTestPostgres } from "../src/testing.ts";
import { killBackEnd, killPostmaster } from "./kill-postgres.ts";
import { startReplicatedPostgres } from "./replicated-postgres.ts";
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

/** The sites of each run, by the name of the run. */
export const siteTable = {
  processes: [openAllInOne, openTopology],
  pooler: [openPooledTopology],
  failover: [openFailover],
} as const satisfies Record<string, readonly ((options: SiteOptions) => Promise<Site>)[]>;

/** What a run kills. */
export type SiteName = keyof typeof siteTable;

/** One process that does everything, on its embedded database. */
async function openAllInOne(options: SiteOptions): Promise<Site> {
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
async function openTopology(options: SiteOptions): Promise<Site> {
  const postgres = await startTestPostgres();
  const processes = await openProcesses({
    ...options,
    environment: { ...options.environment, DATABASE_URL: postgres.url },
  });
  const findDatabaseUrl = async () => postgres.url;
  return {
    name: "topology",
    urls: processes.urls,
    findDatabaseUrl,
    kills: [
      ...processes.kills,
      () => killPostmaster(postgres.directory),
      (choice) => killBackEnd(findDatabaseUrl, choice),
    ],
    async close() {
      await processes.close();
      await postgres.stop();
    },
  };
}

/** The same topology with PgBouncer in transaction mode, which is killed too. */
async function openPooledTopology(options: SiteOptions): Promise<Site> {
  const postgres = await startTestPostgres();
  const start = (port?: number) =>
    startPgBouncer({ databaseUrl: postgres.url, mode: "transaction", connections: 10, port });
  let pooler = await start();
  const port = Number(new URL(pooler.url).port);
  const processes = await openProcesses({
    ...options,
    environment: {
      ...options.environment,
      DATABASE_URL: pooler.url,
      MEMLANE_DATABASE_DIRECT_URL: postgres.url,
    },
  });
  const findDatabaseUrl = async () => postgres.url;
  return {
    name: "pooler",
    urls: processes.urls,
    findDatabaseUrl,
    kills: [
      ...processes.kills,
      () => killPostmaster(postgres.directory),
      (choice) => killBackEnd(findDatabaseUrl, choice),
      async () => {
        await pooler.stop();
        pooler = await start(port);
      },
    ],
    async close() {
      await processes.close();
      await pooler.stop();
      await postgres.stop();
    },
  };
}

/** The same topology on a primary and a standby. Each kill ends the primary and promotes the standby. */
async function openFailover(options: SiteOptions): Promise<Site> {
  const postgres = await startReplicatedPostgres(join(options.directory, "failover"));
  const processes = await openProcesses({
    ...options,
    environment: { ...options.environment, DATABASE_URL: postgres.url },
  });
  return {
    name: "failover",
    urls: processes.urls,
    findDatabaseUrl: async () => postgres.primaryUrl(),
    kills: [
      async () => {
        await postgres.killPrimary();
        await postgres.promote();
      },
    ],
    async close() {
      await processes.close();
      await postgres.stop();
    },
  };
}

/** Two APIs and two workers. */
async function openProcesses(options: SiteOptions): Promise<Pick<Site, "urls" | "kills" | "close">> {
  const start = (name: string, command: "api" | "worker") =>
    supervise({ ...options, name, command: [command] });
  const apis = await Promise.all([start("api-1", "api"), start("api-2", "api")]);
  const workers = await Promise.all([start("worker-1", "worker"), start("worker-2", "worker")]);
  const oneOf = (processes: readonly SupervisedProcess[]) => (choice: number) =>
    processes[choice % processes.length]!.kill();
  return {
    urls: apis.map(({ url }) => url),
    kills: [oneOf(apis), oneOf(workers)],
    async close() {
      await Promise.all([...apis, ...workers].map(({ stop }) => stop()));
    },
  };
}
