// The server without its process: the API and a worker in one, on whatever database they are given. Of Node.js it asks
// `node:crypto`, `node:net` and `node:timers/promises` alone, so with stand-ins for these it runs in a page.
import type { Logger } from "pino";
import { createApi } from "./create-api.ts";
import type { Database } from "./database/database.ts";
import { migrate, type Migration } from "./database/migrate.ts";
import type { Settings } from "./settings/read-environment.ts";
import { createOfflineExtractor } from "./pipeline/offline/offline-extractor.ts";
import { createPipeline } from "./pipeline/pipeline.ts";
import { openKnownLimits } from "./cached-rows/cached-limits.ts";
import { openJobSignals } from "./jobs/job-signals.ts";
import { createRunJob } from "./worker/run-job.ts";
import { startWorker } from "./worker/worker.ts";

export type { Database, Prepared, Sql } from "./database/database.ts";
export type { Migration } from "./database/migrate.ts";
export { readEnvironment, type Settings } from "./settings/read-environment.ts";

/** A server that listens nowhere. */
export interface App {
  readonly fetch: (request: Request) => Response | Promise<Response>;
  /** Gives back the jobs that run, and leaves the database open. */
  readonly close: () => Promise<void>;
}

/** Opens the API and a worker on a database, which is brought up to date. Webhooks are stored, and not sent. */
export async function openApp(
  database: Database,
  migrations: readonly Migration[],
  settings: Settings,
  log: Logger,
): Promise<App> {
  await migrate(database, migrations);
  const signals = await openJobSignals(database);
  const limitsOf = await openKnownLimits(database, settings.limits);
  const api = await createApi(database, signals, limitsOf, settings, log);
  const worker = startWorker(
    database,
    signals,
    createRunJob(database, signals, createPipeline(createOfflineExtractor()), limitsOf, log),
    log,
  );
  return {
    fetch: api.fetch,
    async close() {
      api.close();
      await worker.stop();
      await signals.close();
    },
  };
}
