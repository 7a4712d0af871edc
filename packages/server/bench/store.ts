// A database to measure on: the embedded PostgreSQL in a new folder, which is deleted afterwards.
import { setTimeout as sleep } from "node:timers/promises";
import type { Database } from "../src/database/database.ts";
import { createLogger } from "../src/logging/logger.ts";
import { openDatabase } from "../src/open-database.ts";
import { startTestPostgres } from "../src/testing.ts";

/** A database and its address. */
export interface BenchStore {
  readonly database: Database;
  readonly url: string;
  readonly directory: string;
}

/** Runs `work` on a new database. */
export async function withStore<Result>(work: (store: BenchStore) => Promise<Result>): Promise<Result> {
  const { url, directory, stop } = await startTestPostgres();
  try {
    const log = createLogger("silent");
    const database = await openDatabase({ databaseUrl: url, dataDirectory: directory, as: "owner", log });
    try {
      return await work({ database, url, directory });
    } finally {
      await database.close();
    }
  } finally {
    await stop();
  }
}

/** Resolves when no job is left to do. */
export async function untilAllJobsEnded(database: Database): Promise<void> {
  const unfinished = "select from memlane.job where state in ('queued', 'active') limit 1";
  while ((await database.query(unfinished)).length > 0) await sleep(5);
}
