// The only place that reads environment variables.
import { closestMatch } from "leven";
import type { Endpoint } from "../model-endpoint/endpoint.ts";
import type { LimitName, Limits } from "../store/limits.ts";
import { parseBootstrapKeys } from "./bootstrap-keys.ts";
import { parseOrigins } from "./origins.ts";
import { settingTable, type Setting, type SettingName, type SettingValues } from "./setting-table.ts";

type Variables = Readonly<Record<string, string | undefined>>;

/** Reads the settings from environment variables. An empty variable counts as not set. @throws Error that names the variable */
export function readEnvironment(
  // oxlint-disable-next-line node/no-process-env -- this is the place
  variables: Variables = process.env,
) {
  const values = readValues(variables);
  if (values.MEMLANE_DATABASE_DIRECT_URL !== undefined && values.DATABASE_URL === undefined) {
    throw new Error("MEMLANE_DATABASE_DIRECT_URL is set, but it needs DATABASE_URL too.");
  }
  return {
    databaseUrl: values.DATABASE_URL,
    directUrl: values.MEMLANE_DATABASE_DIRECT_URL,
    preparesStatements: values.MEMLANE_DATABASE_PREPARED,
    dataDirectory: values.MEMLANE_DATA,
    backup:
      values.MEMLANE_BACKUP_FOLDER === undefined
        ? undefined
        : {
            folder: values.MEMLANE_BACKUP_FOLDER,
            everyMs: values.MEMLANE_BACKUP_HOURS * 3_600_000,
            keep: values.MEMLANE_BACKUP_KEEP,
          },
    host: values.MEMLANE_HOST,
    port: values.MEMLANE_PORT,
    workerPort: values.MEMLANE_WORKER_PORT,
    metricsPort: values.MEMLANE_METRICS_PORT,
    logLevel: values.MEMLANE_LOG_LEVEL,
    bootstrapKeys: parseBootstrapKeys(values.MEMLANE_BOOTSTRAP_KEYS),
    maximumBodyBytes: values.MEMLANE_MAX_BODY_BYTES,
    corsOrigins: parseOrigins(values.MEMLANE_CORS_ORIGINS),
    workerConcurrency: values.MEMLANE_WORKER_CONCURRENCY,
    leaseMs: values.MEMLANE_LEASE_MS,
    jobTimeoutMs: values.MEMLANE_JOB_TIMEOUT_MS,
    jobAttempts: values.MEMLANE_JOB_ATTEMPTS,
    drainMs: values.MEMLANE_DRAIN_MS,
    keepJobsHours: values.MEMLANE_KEEP_JOBS_HOURS,
    keepSourcesDays: values.MEMLANE_KEEP_SOURCES_DAYS,
    keepAuditDays: values.MEMLANE_KEEP_AUDIT_DAYS,
    selfService: {
      mode: values.MEMLANE_SELF_SERVICE,
      signupsPerMinute: values.MEMLANE_SIGNUPS_PER_MINUTE,
    },
    extractors: { llm: readLlm(values, variables) },
    embedding: readEndpoint(values, variables, "MEMLANE_EMBEDDING"),
    traces: readTraces(values),
    webhooks: {
      allowPrivate: values.MEMLANE_WEBHOOK_ALLOW_PRIVATE,
      timeoutMs: values.MEMLANE_WEBHOOK_TIMEOUT_MS,
      retryMs: values.MEMLANE_WEBHOOK_RETRY_MS,
    },
    limits: {
      requestsPerMinute: values.MEMLANE_REQUESTS_PER_MINUTE,
      writesPerMonth: values.MEMLANE_WRITES_PER_MONTH,
      agents: values.MEMLANE_AGENTS,
      unfinishedBatches: values.MEMLANE_UNFINISHED_BATCHES,
      unfinishedJobs: values.MEMLANE_UNFINISHED_JOBS,
      groups: values.MEMLANE_GROUPS,
    } satisfies Limits,
  };
}

/** The settings of a server. */
export type Settings = ReturnType<typeof readEnvironment>;

/** The variable with the default of each limit. It applies to organisations without a limit of their own. */
export const limitVariables = {
  requestsPerMinute: "MEMLANE_REQUESTS_PER_MINUTE",
  writesPerMonth: "MEMLANE_WRITES_PER_MONTH",
  agents: "MEMLANE_AGENTS",
  unfinishedBatches: "MEMLANE_UNFINISHED_BATCHES",
  unfinishedJobs: "MEMLANE_UNFINISHED_JOBS",
  groups: "MEMLANE_GROUPS",
} as const satisfies Record<LimitName, SettingName>;

/** A variable that is not a setting, and the setting that was probably meant. */
export interface Misspelling {
  readonly variable: string;
  readonly meant: string;
}

/** Finds variables that are spelled almost like a setting. Also finds `MEMLANE_DATABASE_URL`. */
export function findMisspellings(
  // oxlint-disable-next-line node/no-process-env -- this is the place
  variables: Variables = process.env,
): Misspelling[] {
  const settings = new Map(Object.keys(settingTable).map((name) => [withoutPrefix(name), name]));
  return Object.keys(variables)
    .filter((variable) => variable.startsWith("MEMLANE_") && !(variable in settingTable))
    .flatMap((variable) => {
      const closest = closestMatch(withoutPrefix(variable), [...settings.keys()], { maxDistance: 2 });
      return closest === undefined ? [] : [{ variable, meant: settings.get(closest)! }];
    });
}

const withoutPrefix = (variable: string) => variable.replace(/^MEMLANE_/, "");

/** Removes libpq's variables, such as PGHOST. Drivers and PostgreSQL's programs would read them. */
export function ignorePostgresVariables(): void {
  // oxlint-disable-next-line node/no-process-env -- this is the place
  const variables = process.env;
  for (const name of Object.keys(variables)) if (/^PG[A-Z]+$/.test(name)) delete variables[name];
}

/** The environment for a child process: without the settings of this process. */
export function inheritedEnvironment(): Record<string, string | undefined> {
  return Object.fromEntries(
    // oxlint-disable-next-line node/no-process-env -- this is the place
    Object.entries(process.env).filter(([name]) => !(name in settingTable)),
  );
}

function readValues(variables: Variables): SettingValues {
  const values = Object.entries(settingTable).map(([name, setting]) => [
    name,
    readValue(name, setting, variables[name]),
  ]);
  return Object.fromEntries(values) as SettingValues;
}

function readValue(name: string, setting: Setting, text: string | undefined): unknown {
  if (isUnset(text)) return setting.default;
  const parsed = setting.schema.safeParse(text);
  if (parsed.success) return parsed.data;
  const found = setting.isSecret ? "is wrong" : `is '${text}'`;
  throw new Error(`The environment variable ${name} ${found}. It must be ${setting.allowed}.`);
}

function readLlm(values: SettingValues, variables: Variables) {
  const endpoint = readEndpoint(values, variables, "MEMLANE_LLM");
  const temperature = values.MEMLANE_LLM_TEMPERATURE;
  return (
    endpoint && {
      ...endpoint,
      temperature: temperature === "none" ? undefined : temperature,
      takesSchema: values.MEMLANE_LLM_OUTPUT === "schema",
      windowTokens: values.MEMLANE_LLM_WINDOW_TOKENS,
      budgetTokens: values.MEMLANE_LLM_BUDGET_TOKENS,
      fallback: values.MEMLANE_LLM_FALLBACK,
    }
  );
}

/** Uses a model if its URL and its name are set. @throws Error if one of these is missing and another variable of the model is set */
function readEndpoint(
  values: SettingValues,
  variables: Variables,
  prefix: "MEMLANE_LLM" | "MEMLANE_EMBEDDING",
): Endpoint | undefined {
  const baseUrl = values[`${prefix}_BASE_URL`];
  const model = values[`${prefix}_MODEL`];
  if (baseUrl === undefined || model === undefined) {
    const useless = Object.keys(settingTable).find(
      (name) => name.startsWith(`${prefix}_`) && !isUnset(variables[name]),
    );
    if (useless === undefined) return undefined;
    throw new Error(`${useless} is set, but a model needs both ${prefix}_BASE_URL and ${prefix}_MODEL.`);
  }
  return {
    baseUrl,
    model,
    apiKey: values[`${prefix}_API_KEY`],
    timeoutMs: values[`${prefix}_TIMEOUT_MS`],
  };
}

function readTraces(values: SettingValues) {
  const endpoint = values.OTEL_EXPORTER_OTLP_TRACES_ENDPOINT ?? values.OTEL_EXPORTER_OTLP_ENDPOINT;
  const exporter = values.OTEL_TRACES_EXPORTER ?? (endpoint === undefined ? "none" : "otlp");
  if (exporter === "none" || values.OTEL_SDK_DISABLED.toLowerCase() === "true") return undefined;
  return {
    protocol: values.OTEL_EXPORTER_OTLP_TRACES_PROTOCOL ?? values.OTEL_EXPORTER_OTLP_PROTOCOL,
    sampler: values.OTEL_TRACES_SAMPLER,
    ratio: values.OTEL_TRACES_SAMPLER_ARG,
  };
}

function isUnset(text: string | undefined): text is undefined | "" {
  return text === undefined || text === "";
}
