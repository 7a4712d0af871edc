// The default settings, as options for the parts that a test or a benchmark starts by itself.
import { readEnvironment } from "../src/settings/read-environment.ts";

const settings = readEnvironment({});

/** The default options of a worker. */
export const workerDefaults = {
  concurrency: settings.workerConcurrency,
  leaseMs: settings.leaseMs,
  maximumAttempts: settings.jobAttempts,
  attemptMs: settings.jobTimeoutMs,
  drainMs: settings.drainMs,
};

/** The default options of the webhook sender. */
export const webhookDefaults = settings.webhooks;

/** The default options of the job writes. */
export const jobDefaults = { keepHours: settings.keepJobsHours, waitMs: () => 1000 };

/** The default options of the HTTP API. */
export const httpDefaults = {
  maximumBodyBytes: settings.maximumBodyBytes,
  corsOrigins: settings.corsOrigins,
};
