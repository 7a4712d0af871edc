import type { Logger } from "pino";
import {
  checkNotifications,
  checkPreparedStatements,
  checkSearchPath,
  checkServer,
  checkWritable,
} from "./database/check-server.ts";
import type { Database } from "./database/database.ts";
import { migrate } from "./database/migrate.ts";
import { connectPostgres, type ObserveDatabase } from "./database/postgres.ts";
import { readMigrations } from "./database/read-migrations.ts";
import { openEmbeddedPostgres } from "./embedded/embedded-postgres.ts";
import type { OnWait } from "./database/wait-report.ts";
import { checkDatabase } from "./store/check-database.ts";

/** Which database to use, and in which role. */
export interface DatabaseOptions {
  /** The user's own PostgreSQL server; undefined for the embedded one. */
  readonly databaseUrl: string | undefined;
  /** The same server without its pooler. @default `databaseUrl`, which then has no pooler in transaction mode */
  readonly directUrl?: string | undefined;
  /** @default only without a `directUrl` */
  readonly preparesStatements?: boolean | undefined;
  readonly dataDirectory: string;
  /** `owner` keeps the embedded database running. `visitor` uses it, and starts it if necessary. */
  readonly as: "owner" | "visitor";
  /** Leaves the schema as it is, or absent. */
  readonly keepsSchema?: boolean;
  readonly log: Logger;
  /** Gets what a migration waits for. @default logs it */
  readonly onWait?: OnWait | undefined;
  readonly observe?: ObserveDatabase | undefined;
}

/** An open database. */
export interface OpenDatabase extends Database {
  /** The URL of its server, without a pooler. */
  readonly directUrl: string;
}

/**
 * Opens the database and brings its schema up to date. Closing it stops the embedded server, unless
 * another process uses it.
 */
export async function openDatabase(options: DatabaseOptions): Promise<OpenDatabase> {
  const { databaseUrl, dataDirectory, as, log } = options;
  if (databaseUrl !== undefined) return openOwnServer({ ...options, databaseUrl });
  const embedded = await openEmbeddedPostgres({ directory: dataDirectory, as, log });
  const database = connectPostgres({ ...options, url: embedded.url });
  const close = async () => {
    await database.close();
    await embedded.close();
  };
  try {
    await prepareSchema(database, options);
  } catch (error) {
    await close();
    throw error;
  }
  return { ...database, close, directUrl: embedded.url };
}

async function openOwnServer(
  options: DatabaseOptions & { readonly databaseUrl: string },
): Promise<OpenDatabase> {
  const { databaseUrl, directUrl, preparesStatements, as } = options;
  const direct = directUrl === undefined ? "DATABASE_URL" : "MEMLANE_DATABASE_DIRECT_URL";
  await prepareServer(directUrl ?? databaseUrl, options).catch(objectTo(direct));
  try {
    const database = {
      ...connectPostgres({ ...options, url: databaseUrl }),
      directUrl: directUrl ?? databaseUrl,
    };
    if (as === "visitor") return database;
    try {
      if (directUrl !== undefined) {
        await checkSearchPath(database);
        if (preparesStatements === true) await checkPreparedStatements(databaseUrl);
      }
      await checkNotifications(database, directUrl !== undefined);
      await checkDatabase(database);
      return database;
    } catch (error) {
      await database.close();
      throw error;
    }
  } catch (cause) {
    return objectTo("DATABASE_URL")(cause);
  }
}

const objectTo = (setting: string) => (cause: unknown) => {
  throw new Error(`The database of ${setting} cannot be used.`, { cause });
};

/** Brings the schema of a server up to date, without its pooler. */
async function prepareServer(url: string, options: DatabaseOptions): Promise<void> {
  const { as, log } = options;
  const database = connectPostgres({ url, connections: 1, log });
  try {
    await checkServer(database);
    if (as === "owner") await checkWritable(database);
    await prepareSchema(database, options);
  } finally {
    await database.close();
  }
}

async function prepareSchema(
  database: Database,
  { keepsSchema, log, onWait = (sentence) => log.warn(sentence) }: DatabaseOptions,
): Promise<void> {
  if (keepsSchema !== true) await migrate(database, await readMigrations(), onWait);
}
