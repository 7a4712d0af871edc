// One process of Memlane: the API, a worker, or both with the database that comes along.
import type { Logger } from "pino";
import { createApi } from "./create-api.ts";
import { createEmbedder } from "./embedding/embedder.ts";
import type { Settings } from "./settings/read-environment.ts";
import { listen } from "./http/listen.ts";
import { createProbes } from "./http/probes.ts";
import { createMetrics } from "./metrics/metrics.ts";
import { serveMetrics } from "./metrics/serve-metrics.ts";
import { startJobWorker } from "./start-job-worker.ts";
import { openKnownLimits } from "./cached-rows/cached-limits.ts";
import { openStore } from "./open-database.ts";
import { within } from "./base/within.ts";
import { openJobSignals } from "./jobs/job-signals.ts";

/** How much longer than the time to drain a stop may take where it hangs. */
const lateMs = 1000;

/** What a process can do. */
export type Role = "api" | "worker";

/** A running server. */
export interface RunningServer {
  /** Where it listens; a process that only works answers nothing there but `/healthz` and `/readyz`. */
  readonly url: string;
  /** Refuses new requests, ends or gives back what runs, and stops everything that it started. */
  readonly close: () => Promise<void>;
}

/**
 * Starts a server with these roles; it answers from the moment the promise resolves.
 *
 * @throws Error without a `databaseUrl` for one role alone: the embedded database belongs to one process
 */
export async function startServer(
  settings: Settings,
  log: Logger,
  roles: readonly Role[] = ["api", "worker"],
): Promise<RunningServer> {
  const { databaseUrl, dataDirectory } = settings;
  if (databaseUrl === undefined && roles.length === 1) {
    throw new Error(
      `'${roles[0]}' shares its database with other processes: set DATABASE_URL to a PostgreSQL of your own, ` +
        "or run everything in one process with 'serve'.",
    );
  }
  const metrics = settings.metricsPort === undefined ? undefined : createMetrics();
  const observe = metrics?.database;
  const database = await openStore({ databaseUrl, dataDirectory, as: "owner", log, observe });
  try {
    const signals = await openJobSignals(database);
    const limitsOf = await openKnownLimits(database, settings.limits);
    const embedder = settings.embedding && createEmbedder(settings.embedding);
    const api = roles.includes("api")
      ? await createApi(database, signals, limitsOf, settings, log, {
          embedder,
          observeRedactions: metrics?.observeRedactions,
          ...(metrics !== undefined && { observeRequest: metrics.observeRequest }),
        })
      : undefined;
    const http = await listen(api?.fetch ?? createProbes(database, log).fetch, settings);
    const worker = roles.includes("worker")
      ? startJobWorker(database, signals, limitsOf, settings, log, embedder, metrics)
      : undefined;
    const scrapes =
      metrics &&
      (await listen(serveMetrics(metrics, database), {
        ...settings,
        port: settings.metricsPort!,
        maximumConnections: 50,
      }));
    log.info({ url: http.url, metrics: scrapes?.url, roles }, "listening");
    return {
      url: http.url,
      async close() {
        api?.close();
        const draining = Promise.all([http.close(), worker?.stop(), scrapes?.close()]);
        await within(settings.drainMs + lateMs, draining); // without the database, nothing can be given back
        await within(lateMs, signals.close());
        await database.close();
      },
    };
  } catch (error) {
    await database.close();
    throw error;
  }
}
