// A database to measure on: the embedded PostgreSQL on a new folder, gone afterwards.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Database } from "../src/database/database.ts";
import { openEmbeddedPostgres } from "../src/embedded/embedded-postgres.ts";
import { createLogger } from "../src/logger.ts";
import { openStore } from "../src/store/open-store.ts";

/** A database and its address. */
export interface BenchStore {
  readonly database: Database;
  readonly url: string;
  readonly directory: string;
}

/** Runs `work` on a new database. */
export async function withStore<Result>(work: (store: BenchStore) => Promise<Result>): Promise<Result> {
  const log = createLogger("silent");
  const directory = await mkdtemp(join(tmpdir(), "memlane-bench-"));
  const postgres = await openEmbeddedPostgres({ directory, as: "owner", log });
  try {
    const database = await openStore({
      databaseUrl: postgres.url,
      dataDirectory: directory,
      as: "owner",
      log,
    });
    try {
      return await work({ database, url: postgres.url, directory });
    } finally {
      await database.close();
    }
  } finally {
    await postgres.close();
    await rm(directory, { recursive: true, force: true });
  }
}

/** Resolves when no job is to be done any more. */
export async function untilAllJobsEnded(database: Database): Promise<void> {
  const unfinished = "select from memlane.job where state in ('queued', 'active') limit 1";
  while ((await database.query(unfinished)).length > 0) await sleep(5);
}
