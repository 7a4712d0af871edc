import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { createLogger } from "../logging/logger.ts";
import { openDatabase, type OpenDatabase } from "../open-database.ts";
import { readEnvironment, type Settings } from "../settings/read-environment.ts";
import { untilStopped } from "../base/until-stopped.ts";
import { printToStderr } from "./output.ts";

/** `--data`: the data folder, for commands that open the database. */
export interface DatabaseFlags {
  readonly data?: string | undefined;
}

/** Runs a command on the database. A server may run on it at the same time. */
export async function onDatabase(
  { data }: DatabaseFlags,
  work: (database: OpenDatabase, settings: Settings) => Promise<void>,
  { keepsSchema = false } = {},
): Promise<void> {
  void untilStopped(); // otherwise a signal would end this process before the database that it started has stopped
  const settings = readEnvironment();
  const { databaseUrl } = settings;
  const dataDirectory = data ?? settings.dataDirectory;
  const hasDatabase = databaseUrl !== undefined || existsSync(join(dataDirectory, "postgres"));
  const database = await openDatabase({
    ...settings,
    dataDirectory,
    as: "visitor",
    keepsSchema,
    log: createLogger("error"),
    onWait: printToStderr,
  });
  if (!hasDatabase) {
    // The user may have meant the folder of a server that exists.
    printToStderr(`There was no database in ${resolve(dataDirectory)}. Created one.`);
  }
  try {
    await work(database, settings);
  } finally {
    await database.close();
  }
}
