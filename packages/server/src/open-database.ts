import type { Logger } from "pino";
import type { Database } from "./database/database.ts";
import { migrate } from "./database/migrate.ts";
import { connectPostgres, type ObserveDatabase } from "./database/postgres.ts";
import { readMigrations } from "./database/read-migrations.ts";
import { openEmbeddedPostgres } from "./embedded/embedded-postgres.ts";

/** Which database to use, and in which role. */
export interface DatabaseOptions {
  /** The user's own PostgreSQL server; undefined for the embedded one. */
  readonly databaseUrl: string | undefined;
  readonly dataDirectory: string;
  /** `owner` keeps the embedded database running. `visitor` uses it, and starts it if necessary. */
  readonly as: "owner" | "visitor";
  readonly log: Logger;
  readonly observe?: ObserveDatabase | undefined;
}

/**
 * Opens the database and brings its schema up to date. Closing it stops the embedded server, unless
 * another process uses it.
 */
export async function openDatabase({
  databaseUrl,
  dataDirectory,
  as,
  log,
  observe,
}: DatabaseOptions): Promise<Database> {
  const embedded =
    databaseUrl === undefined ? await openEmbeddedPostgres({ directory: dataDirectory, as, log }) : undefined;
  const url = embedded?.url ?? databaseUrl!;
  const database = connectPostgres({ url, log, observe });
  const close = async () => {
    await database.close();
    await embedded?.close();
  };
  try {
    await migrate(database, await readMigrations());
  } catch (cause) {
    await close();
    if (databaseUrl === undefined) throw cause;
    throw new Error("The database of DATABASE_URL cannot be used.", { cause });
  }
  return { ...database, close };
}
