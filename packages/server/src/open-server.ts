// The server without its process: the API and a worker on a database. It imports only `node:crypto`, `node:net` and
// `node:timers/promises` from Node.js, so it also runs in a web page with replacements for these. Parts that need more
// of Node.js are passed in.
import type { JobId } from "@memlane/core";
import type { Logger } from "pino";
import { openAuditLog, type RecordAudit } from "./audit/audit-log.ts";
import { newId } from "./base/new-id.ts";
import { openCachedKeyIds, openCachedKeys } from "./cached-rows/cached-keys.ts";
import { openCachedLimits, type LimitsOf } from "./cached-rows/cached-limits.ts";
import { openCachedRedactionSettings } from "./cached-rows/cached-redaction-settings.ts";
import type { Database } from "./database/database.ts";
import { migrate, type Migration } from "./database/migrate.ts";
import { createOrgShares } from "./database/org-shares.ts";
import { startEmbedding } from "./embedding/embed-memories.ts";
import type { Embedder } from "./embedding/embedder.ts";
import type { Settings } from "./settings/read-environment.ts";
import { createHttpApi, type Connection, type HttpApiOptions } from "./http/http-api.ts";
import { createAnswerJob } from "./http/jobs/job-answers.ts";
import { trackOpenAnswers } from "./http/open-answers.ts";
import { createProbes } from "./http/probes.ts";
import { createRateLimit } from "./http/rate-limit.ts";
import { createBeginRedaction, type RedactionCounts } from "./http/redaction.ts";
import { createUsageCounter } from "./http/usage-counter.ts";
import { createCoalescedJobs } from "./jobs/coalesced-jobs.ts";
import { openJobSignals, type JobSignals } from "./jobs/job-signals.ts";
import type { ReservePlace } from "./jobs/reserve-place.ts";
import { createWaitEstimate } from "./jobs/wait-estimate.ts";
import { bootstrapKeys } from "./keys/bootstrap-keys.ts";
import { splitOldFacts } from "./memories/split-old-facts.ts";
import { createWriteMemory } from "./memories/write-memory.ts";
import { createTextStages, type TextStages } from "./pipeline/text-stages.ts";
import { startSweep } from "./queue/sweep.ts";
import { createSearch } from "./search/search.ts";
import { preparePgvector } from "./store/pgvector.ts";
import type { ObserveJobs } from "./worker/leased-run.ts";
import { createRunJob } from "./worker/run-job.ts";
import { createModelWatch } from "./worker/watch-model.ts";
import { startMining } from "./worker/mining-loop.ts";
import { startWorker } from "./worker/worker.ts";

/** The parts of a server that a process can run. */
export type Role = "api" | "worker";

/** Callbacks for what a server does. */
interface Observers extends ObserveJobs {
  readonly observeRequest: (method: string, status: number, ms: number) => void;
  readonly observeRedactions: (counts: RedactionCounts) => void;
}

/** What a server needs. */
export interface AppOptions {
  readonly database: Database;
  /** Migrations to apply first. @default none: the schema is up to date */
  readonly migrations?: readonly Migration[] | undefined;
  readonly settings: Settings;
  readonly log: Logger;
  /** @default both */
  readonly roles?: readonly Role[] | undefined;
}

/** The parts of a server that have a default. */
export interface ServerParts extends AppOptions {
  /** The dialects that the API serves. @default ingest and batch */
  readonly dialects?: HttpApiOptions["dialects"];
  /** Reads conversations for the worker. @default the offline extractor, on this thread */
  readonly textStages?: TextStages | undefined;
  /** Lets search also find memories by their meaning. The worker embeds them. */
  readonly embedder?: Embedder | undefined;
  readonly observers?: Observers | undefined;
  /** Answer requests of the Model Context Protocol. @default there is no `/mcp` and no `/agent/mcp` */
  readonly answersMcp?: HttpApiOptions["answersMcp"];
  /** Serves the console. @default there is no `/console` */
  readonly answerConsole?: HttpApiOptions["answerConsole"];
}

/** A server without a network port. */
export interface App {
  /** Answers a request. Without the API, only `/healthz` and `/readyz` exist. */
  readonly fetch: (request: Request, connection?: Connection) => Response | Promise<Response>;
  /** Answers open long-polls, claims no more jobs, and returns running jobs to the queue. */
  readonly drain: () => Promise<void>;
  /** Drains and sends the last notifications. The database stays open. */
  readonly close: () => Promise<void>;
}

/** Opens a server on a database. It stores webhook deliveries but does not send them. */
export async function openServer(parts: ServerParts): Promise<App> {
  const { database, migrations, settings, log, roles = ["api", "worker"] } = parts;
  if (migrations !== undefined) await migrate(database, migrations);
  const signals = await openJobSignals(database);
  const limitsOf = await openCachedLimits(database, settings.limits);
  const audit = openAuditLog(database, log, settings.keepAuditDays !== 0);
  // Starts after the API: opening the API fails if a bootstrap key is invalid, and then no worker may run.
  let worker: JobWorker | undefined;
  const reservePlace = () => worker?.reservePlace();
  const shared = { signals, limitsOf, audit: audit.record, reservePlace };
  const api = roles.includes("api") ? await openApi(parts, shared) : undefined;
  if (roles.includes("worker")) worker = await startJobWorker(parts, shared);
  let draining: Promise<void> | undefined;
  const drain = () => {
    api?.endLongPolls();
    return (draining ??= worker?.stop() ?? Promise.resolve());
  };
  return {
    fetch: api?.fetch ?? createProbes(database, log).fetch,
    drain,
    async close() {
      await drain();
      await audit.close();
      await api?.close();
      await signals.close();
    },
  };
}

interface SharedParts {
  readonly signals: JobSignals;
  readonly limitsOf: LimitsOf;
  readonly audit: RecordAudit;
  readonly reservePlace: ReservePlace;
}

type JobWorker = Awaited<ReturnType<typeof startJobWorker>>;

async function openApi(
  { database, settings, log, dialects, embedder, observers, answersMcp, answerConsole }: ServerParts,
  { signals, limitsOf, audit, reservePlace }: SharedParts,
) {
  await bootstrapKeys(database, settings.bootstrapKeys, { log, audit });
  const closing = new AbortController();
  const estimate = createWaitEstimate(database);
  const findKeyById = await openCachedKeyIds(database);
  const usage = createUsageCounter(database, log);
  const redactionSettingsOf = await openCachedRedactionSettings(database);
  const context = {
    database,
    databaseOf: createOrgShares(database),
    jobs: createCoalescedJobs(database, {
      keepHours: settings.keepJobsHours,
      // For the `Retry-After` of a refused job: as long as recent jobs took, including their time in the queue.
      waitMs: (kind) => Math.max(1, estimate({ id: newId() as JobId, kind })) * 1000,
      reservePlace,
      onQueued: signals.announceQueued,
    }),
    writeMemory: createWriteMemory(database),
    findKey: await openCachedKeys(database),
    findKeyById,
    openAnswers: await trackOpenAnswers(database, findKeyById),
    limitsOf,
    usage,
    countRequest: createRateLimit(database),
    beginRedaction: createBeginRedaction(redactionSettingsOf, observers?.observeRedactions),
    log,
    search: createSearch(log, {
      embedder,
      hasPgvector: embedder !== undefined && (await preparePgvector(database)),
    }),
    signals,
    newId,
    audit,
    selfService: settings.selfService,
    answerJob: createAnswerJob(signals, estimate, closing.signal),
    allowPrivateWebhooks: settings.webhooks.allowPrivate,
    closing: closing.signal,
  };
  const { fetch } = createHttpApi(context, log, {
    maximumBodyBytes: settings.maximumBodyBytes,
    corsOrigins: settings.corsOrigins,
    dialects,
    answersMcp,
    answerConsole,
    observeRequest: observers?.observeRequest,
  });
  return { fetch, endLongPolls: () => closing.abort(), close: usage.close };
}

/** Starts the worker, which runs jobs, mines memories and embeds them. */
async function startJobWorker(
  { database, settings, log, textStages: givenStages, embedder: givenEmbedder, observers }: ServerParts,
  { signals, limitsOf, audit }: SharedParts,
) {
  const usesModel = [...Object.values(settings.extractors), givenEmbedder].some((used) => used !== undefined);
  const model = createModelWatch();
  const textStages = model.watchStages(givenStages ?? (await loadOfflineStages()));
  const embedder = givenEmbedder && model.watchEmbedder(givenEmbedder);
  const worker = startWorker({
    database,
    signals,
    runJob: createRunJob({
      database,
      signals,
      textStages,
      limitsOf,
      audit,
      keepsSources: settings.keepSourcesDays !== 0,
      log,
    }),
    log,
    concurrency: settings.workerConcurrency,
    leaseMs: settings.leaseMs,
    attemptMs: settings.jobTimeoutMs,
    maximumAttempts: settings.jobAttempts,
    drainMs: settings.drainMs,
    keepSourcesDays: settings.keepSourcesDays,
    keepAuditDays: settings.keepAuditDays,
    observe: observers,
    modelState: usesModel ? model.state : undefined,
  });
  const mining = startMining({
    database,
    textStages,
    signals,
    audit,
    log,
    leaseMs: settings.leaseMs,
    attemptMs: settings.jobTimeoutMs,
    maximumAttempts: settings.jobAttempts,
  });
  const oldFacts = startSweep("facts without a triple", log, (splitAll) =>
    splitAll((limit) => splitOldFacts(database, textStages.split, limit)),
  );
  const embedding = embedder && startEmbedding(database, embedder, log);
  return {
    reservePlace: worker.reservePlace,
    async stop() {
      await Promise.all([worker.stop(), mining.stop(), oldFacts.stop(), embedding?.stop()]);
    },
  };
}

/** Loads the extractor only if it is used, because its language model is large. */
async function loadOfflineStages(): Promise<TextStages> {
  const { createOfflineExtractor } = await import("./pipeline/extract/english/offline-extractor.ts");
  return createTextStages(createOfflineExtractor());
}
