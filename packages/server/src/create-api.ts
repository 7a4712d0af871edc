import type { JobId } from "@memlane/core";
import type { Logger } from "pino";
import type { Database } from "./database/database.ts";
import { createOrgShares } from "./database/org-shares.ts";
import type { Embedder } from "./embedding/embedder.ts";
import type { Settings } from "./settings/read-environment.ts";
import { createApp, type AppOptions, type Connection } from "./http/app.ts";
import { createAnswerJob } from "./http/job-answers.ts";
import { trackOpenAnswers } from "./http/open-answers.ts";
import { createRateLimit } from "./http/rate-limit.ts";
import { createBeginRedaction, type RedactionCounts } from "./http/redaction.ts";
import { createWaitEstimate } from "./jobs/wait-estimate.ts";
import { bootstrapKeys } from "./keys.ts";
import { newId } from "./base/new-id.ts";
import { createSearch } from "./search/search.ts";
import { createCoalescedJobs } from "./jobs/coalesced-jobs.ts";
import { preparePgvector } from "./store/pgvector.ts";
import { openKnownKeyIds, openKnownKeys } from "./cached-rows/cached-keys.ts";
import type { LimitsOf } from "./cached-rows/cached-limits.ts";
import { openKnownRedactionSettings } from "./cached-rows/cached-redaction-settings.ts";
import { createWriteMemory } from "./memories/write-memory.ts";
import type { JobSignals } from "./jobs/job-signals.ts";

/** The part of a server that answers requests. */
export interface Api {
  readonly fetch: (request: Request, connection?: Connection) => Response | Promise<Response>;
  /** Answers those who wait for a job with what there is. */
  readonly close: () => void;
}

/** What such a part can do beside. */
export interface ApiOptions extends Pick<AppOptions, "observeRequest"> {
  /** Finds memories by their meaning too. */
  readonly embedder?: Embedder | undefined;
  readonly observeRedactions?: ((counts: RedactionCounts) => void) | undefined;
}

/** Makes the part of a server that answers requests; it listens nowhere. */
export async function createApi(
  database: Database,
  signals: JobSignals,
  limitsOf: LimitsOf,
  settings: Settings,
  log: Logger,
  { embedder, observeRequest, observeRedactions }: ApiOptions = {},
): Promise<Api> {
  await bootstrapKeys(database, settings.bootstrapKeys, log);
  const closing = new AbortController();
  const estimate = createWaitEstimate(database);
  const answerJob = createAnswerJob(signals, estimate, closing.signal);
  const findKeyById = await openKnownKeyIds(database);
  const context = {
    database,
    databaseOf: createOrgShares(database),
    // A job that is handed over now takes as long as others took of late, the line included.
    jobs: createCoalescedJobs(
      database,
      settings.keepJobsHours,
      (kind) => Math.max(1, estimate({ id: newId() as JobId, kind })) * 1000,
    ),
    writeMemory: createWriteMemory(database),
    findKey: await openKnownKeys(database),
    findKeyById,
    openAnswers: await trackOpenAnswers(database, findKeyById),
    limitsOf,
    countRequest: createRateLimit(database),
    beginRedaction: createBeginRedaction(await openKnownRedactionSettings(database), observeRedactions),
    search: createSearch(log, {
      embedder,
      hasPgvector: embedder !== undefined && (await preparePgvector(database)),
    }),
    signals,
    newId,
    answerJob,
    allowPrivateWebhooks: settings.webhooks.allowPrivate,
    closing: closing.signal,
  };
  const app = createApp(context, log, {
    ...(settings.maximumBodyBytes !== undefined && { maximumBodyBytes: settings.maximumBodyBytes }),
    corsOrigins: settings.corsOrigins,
    ...(observeRequest !== undefined && { observeRequest }),
  });
  return { fetch: app.fetch, close: () => closing.abort() };
}
