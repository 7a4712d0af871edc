// One process of Memlane: the API, a worker, or both, with the database, the network and the metrics.
import { answerKorelyRequest, answerMcpRequest } from "@memlane/mcp";
import type { Logger } from "pino";
import { openServer, type App, type Role } from "./open-server.ts";
import { within } from "./base/within.ts";
import type { Database } from "./database/database.ts";
import { createEmbedder } from "./embedding/embedder.ts";
import type { Settings } from "./settings/read-environment.ts";
import { createConsole } from "./http/console.ts";
import { listen, type HttpServer } from "./http/listen.ts";
import { createMetrics } from "./metrics/metrics.ts";
import { serveMetrics } from "./metrics/serve-metrics.ts";
import { openDatabase } from "./open-database.ts";
import { startPipelineThreads } from "./pipeline-threads/start-threads.ts";
import { startBackups, type Backups } from "./transfer/backups.ts";
import { startWebhookSender } from "./webhooks/webhook-sender.ts";
import { startWatchdog } from "./worker/watchdog.ts";

/** How much longer than `drainMs` a stop waits for parts that hang. */
const lateMs = 1000;

/** A running server. */
export interface RunningServer {
  /** Its address. A process that is only a worker serves only `/healthz` and `/readyz` there. */
  readonly url: string;
  /** Refuses new requests, ends or gives back running jobs, and stops everything that it started. */
  readonly close: () => Promise<void>;
}

/**
 * Starts a server with these roles. It accepts requests when the promise resolves.
 *
 * @throws Error if one role runs alone without a `databaseUrl`, because the embedded database
 * belongs to one process
 */
export async function startServer(
  settings: Settings,
  log: Logger,
  roles: readonly Role[] = ["api", "worker"],
): Promise<RunningServer> {
  const { databaseUrl } = settings;
  if (databaseUrl === undefined && roles.length === 1) {
    throw new Error(
      `'${roles[0]}' shares its database with other processes: set DATABASE_URL to a PostgreSQL of your own, ` +
        "or run everything in one process with 'serve'.",
    );
  }
  const metrics = settings.metricsPort === undefined ? undefined : createMetrics();
  const observe = metrics?.database;
  const database = await openDatabase({ ...settings, as: "owner", log, observe });
  let workerParts: WorkerParts | undefined;
  let backups: Backups | undefined;
  let app: App | undefined;
  let http: HttpServer | undefined;
  let scrapes: HttpServer | undefined;

  async function close(): Promise<void> {
    const draining = Promise.all([http?.close(), stopWork(), scrapes?.close()]);
    // If the database does not answer, jobs cannot be given back, so the wait is limited.
    await within(settings.drainMs + lateMs, draining);
    if (app !== undefined) await within(lateMs, app.close());
    await backups?.stop();
    await database.close();
  }

  async function stopWork(): Promise<void> {
    await Promise.all([app?.drain(), workerParts?.drain()]);
    await workerParts?.close();
  }

  try {
    if (roles.includes("worker")) workerParts = startWorkerParts(database, settings, log);
    app = await openServer({
      database,
      settings,
      log,
      roles,
      textStages: workerParts?.textStages,
      embedder: settings.embedding && createEmbedder(settings.embedding),
      observers: metrics,
      answersMcp: { memlane: answerMcpRequest, korely: answerKorelyRequest },
      answerConsole: createConsole(),
    });
    backups = settings.backup && startBackups({ ...settings.backup, url: database.directUrl, log });
    http = await listen(app.fetch, settings);
    scrapes =
      metrics &&
      (await listen(serveMetrics(metrics, database), {
        ...settings,
        port: settings.metricsPort!,
        maximumConnections: 50,
      }));
  } catch (error) {
    await close();
    throw error;
  }
  log.info({ url: http.url, metrics: scrapes?.url, roles }, "listening");
  return { url: http.url, close };
}

type WorkerParts = ReturnType<typeof startWorkerParts>;

/** Starts the parts of a worker that need Node.js: threads, the webhook sender, and a watchdog of the event loop. */
function startWorkerParts(database: Database, settings: Settings, log: Logger) {
  const textStages = startPipelineThreads(settings.extractors, log);
  const sender = startWebhookSender(database, log, settings.webhooks);
  const watchdog = startWatchdog(Math.max(settings.leaseMs, 15_000));
  return {
    textStages,
    drain: sender.stop,
    async close() {
      await Promise.all([textStages.close(), watchdog.stop()]);
    },
  };
}
