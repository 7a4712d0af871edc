// The only place that reads environment variables.
import * as z from "zod/mini";
import type { Endpoint } from "./model-endpoint/endpoint.ts";
import { scopes, type Scope } from "./store/api-keys.ts";
import { largestLimit, type LimitName, type Limits } from "./store/limits.ts";

/** A key to have at start. */
export interface BootstrapKey {
  readonly orgId: string;
  readonly key: string;
  readonly scopes: readonly Scope[];
}

const number = z.coerce.number("must be a number");
const positiveInteger = number.check(z.int(), z.gte(1));

const limit = z._default(z.nullable(positiveInteger.check(z.lte(largestLimit))), null);

const port = number.check(z.int(), z.gte(0), z.lte(65_535));

/** What a timer can be set to. */
const timerMs = positiveInteger.check(z.lte(2_147_483_647));
const httpUrl = z.url({ protocol: /^https?$/, error: "must be a URL such as http://localhost:11434/v1" });

const otlpProtocol = z.enum(["http/protobuf", "http/json"]);

const environment = z.object({
  DATABASE_URL: z.optional(z.string().check(z.regex(/^postgres(?:ql)?:\/\//, "must start with postgres://"))),
  MEMLANE_DATA: z._default(z.string(), "memlane-data"),
  MEMLANE_HOST: z._default(z.string(), "127.0.0.1"),
  MEMLANE_PORT: z._default(port, 8787),
  MEMLANE_WORKER_PORT: z._default(port, 8788),
  MEMLANE_METRICS_PORT: z.optional(port),
  MEMLANE_LOG_LEVEL: z._default(
    z.enum(["fatal", "error", "warn", "info", "debug", "trace", "silent"]),
    "info",
  ),
  MEMLANE_BOOTSTRAP_KEYS: z._default(z.string(), ""),
  MEMLANE_MAX_BODY_BYTES: z.optional(positiveInteger),
  MEMLANE_CORS_ORIGINS: z._default(z.string(), ""),
  MEMLANE_WORKER_CONCURRENCY: z.optional(positiveInteger),
  MEMLANE_KEEP_JOBS_HOURS: z.optional(
    number.check(
      z.int(),
      z.gte(24, "must be at least 24, as long as the keys that name jobs"),
      z.lte(87_600),
    ),
  ),
  MEMLANE_LEASE_MS: z.optional(number.check(z.int(), z.gte(300))),
  MEMLANE_JOB_TIMEOUT_MS: z.optional(timerMs),
  MEMLANE_JOB_ATTEMPTS: z.optional(positiveInteger.check(z.lte(1000))),
  MEMLANE_DRAIN_MS: z._default(timerMs, 8000),
  MEMLANE_LLM_BASE_URL: z.optional(httpUrl),
  MEMLANE_LLM_MODEL: z.optional(z.string()),
  MEMLANE_LLM_API_KEY: z.optional(z.string()),
  MEMLANE_LLM_TEMPERATURE: z.optional(z.union([number.check(z.gte(0), z.lte(2)), z.literal("none")])),
  MEMLANE_LLM_OUTPUT: z.optional(z.enum(["schema", "json"])),
  MEMLANE_LLM_TIMEOUT_MS: z.optional(positiveInteger.check(z.lte(600_000))),
  MEMLANE_LLM_WINDOW_TOKENS: z.optional(number.check(z.int(), z.gte(500))),
  MEMLANE_LLM_BUDGET_TOKENS: z.optional(number.check(z.int(), z.gte(1000))),
  MEMLANE_LLM_FALLBACK: z.optional(z.enum(["offline"])),
  MEMLANE_EMBEDDING_BASE_URL: z.optional(httpUrl),
  MEMLANE_EMBEDDING_MODEL: z.optional(z.string()),
  MEMLANE_EMBEDDING_API_KEY: z.optional(z.string()),
  MEMLANE_EMBEDDING_TIMEOUT_MS: z.optional(positiveInteger.check(z.lte(600_000))),
  OTEL_SDK_DISABLED: z.optional(z.string()),
  OTEL_TRACES_EXPORTER: z.optional(z.enum(["otlp", "none"])),
  OTEL_EXPORTER_OTLP_ENDPOINT: z.optional(z.string()),
  OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: z.optional(z.string()),
  OTEL_EXPORTER_OTLP_PROTOCOL: z.optional(otlpProtocol),
  OTEL_EXPORTER_OTLP_TRACES_PROTOCOL: z.optional(otlpProtocol),
  OTEL_TRACES_SAMPLER: z._default(
    z.enum([
      "always_on",
      "always_off",
      "traceidratio",
      "parentbased_always_on",
      "parentbased_always_off",
      "parentbased_traceidratio",
    ]),
    "parentbased_always_on",
  ),
  OTEL_TRACES_SAMPLER_ARG: z._default(number.check(z.gte(0), z.lte(1)), 1),
  MEMLANE_WEBHOOK_ALLOW_PRIVATE: z._default(z.enum(["true", "false"]), "false"),
  MEMLANE_WEBHOOK_TIMEOUT_MS: z.optional(positiveInteger.check(z.lte(600_000))),
  MEMLANE_WEBHOOK_RETRY_MS: z.optional(positiveInteger.check(z.lte(3_600_000))),
  MEMLANE_REQUESTS_PER_MINUTE: limit,
  MEMLANE_WRITES_PER_MONTH: limit,
  MEMLANE_AGENTS: limit,
  MEMLANE_UNFINISHED_BATCHES: limit,
  MEMLANE_UNFINISHED_JOBS: limit,
});

/** The variable that says what a limit is where nothing was said about the organisation itself. */
export const limitVariables = {
  requestsPerMinute: "MEMLANE_REQUESTS_PER_MINUTE",
  writesPerMonth: "MEMLANE_WRITES_PER_MONTH",
  agents: "MEMLANE_AGENTS",
  unfinishedBatches: "MEMLANE_UNFINISHED_BATCHES",
  unfinishedJobs: "MEMLANE_UNFINISHED_JOBS",
} as const satisfies Record<LimitName, keyof typeof environment.shape>;

/** Settings as the environment has them. @throws Error that names the variable that is wrong */
export function readEnvironment(
  // oxlint-disable-next-line node/no-process-env -- this is the place
  variables: Readonly<Record<string, string | undefined>> = process.env,
) {
  const present = Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== ""));
  const parsed = environment.safeParse(present);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new Error(`The environment variable ${issue!.path.join(".")} is wrong: ${issue!.message}`);
  }
  const env = parsed.data;
  return {
    databaseUrl: env.DATABASE_URL,
    dataDirectory: env.MEMLANE_DATA,
    host: env.MEMLANE_HOST,
    port: env.MEMLANE_PORT,
    workerPort: env.MEMLANE_WORKER_PORT,
    metricsPort: env.MEMLANE_METRICS_PORT,
    logLevel: env.MEMLANE_LOG_LEVEL,
    bootstrapKeys: parseBootstrapKeys(env.MEMLANE_BOOTSTRAP_KEYS),
    maximumBodyBytes: env.MEMLANE_MAX_BODY_BYTES,
    corsOrigins: splitList(env.MEMLANE_CORS_ORIGINS).map(parseOrigin),
    workerConcurrency: env.MEMLANE_WORKER_CONCURRENCY,
    leaseMs: env.MEMLANE_LEASE_MS,
    jobTimeoutMs: env.MEMLANE_JOB_TIMEOUT_MS,
    jobAttempts: env.MEMLANE_JOB_ATTEMPTS,
    drainMs: env.MEMLANE_DRAIN_MS,
    keepJobsHours: env.MEMLANE_KEEP_JOBS_HOURS,
    llm: parseLlm(env),
    embedding: parseEndpoint(env, "MEMLANE_EMBEDDING", 5000),
    traces: tracesOf(env),
    webhooks: {
      allowPrivate: env.MEMLANE_WEBHOOK_ALLOW_PRIVATE === "true",
      timeoutMs: env.MEMLANE_WEBHOOK_TIMEOUT_MS,
      retryMs: env.MEMLANE_WEBHOOK_RETRY_MS,
    },
    limits: {
      requestsPerMinute: env.MEMLANE_REQUESTS_PER_MINUTE,
      writesPerMonth: env.MEMLANE_WRITES_PER_MONTH,
      agents: env.MEMLANE_AGENTS,
      unfinishedBatches: env.MEMLANE_UNFINISHED_BATCHES,
      unfinishedJobs: env.MEMLANE_UNFINISHED_JOBS,
    } satisfies Limits,
  };
}

type Environment = z.output<typeof environment>;

function parseLlm(env: Environment) {
  const endpoint = parseEndpoint(env, "MEMLANE_LLM", 60_000);
  const temperature = env.MEMLANE_LLM_TEMPERATURE ?? 0;
  return (
    endpoint && {
      ...endpoint,
      temperature: temperature === "none" ? undefined : temperature,
      takesSchema: env.MEMLANE_LLM_OUTPUT !== "json",
      windowTokens: env.MEMLANE_LLM_WINDOW_TOKENS ?? 4000,
      budgetTokens: env.MEMLANE_LLM_BUDGET_TOKENS ?? 100_000,
      fallback: env.MEMLANE_LLM_FALLBACK,
    }
  );
}

/** A model is used when its address and name are there; one without the other, or what belongs to it alone, is a mistake. */
function parseEndpoint(
  env: Environment,
  prefix: "MEMLANE_LLM" | "MEMLANE_EMBEDDING",
  usualTimeoutMs: number,
): Endpoint | undefined {
  const baseUrl = env[`${prefix}_BASE_URL`];
  const model = env[`${prefix}_MODEL`];
  if (baseUrl === undefined || model === undefined) {
    const [stray] = Object.keys(env).filter((name) => name.startsWith(`${prefix}_`));
    if (stray === undefined) return undefined;
    throw new Error(`${stray} is set, but a model needs both ${prefix}_BASE_URL and ${prefix}_MODEL.`);
  }
  const timeoutMs = env[`${prefix}_TIMEOUT_MS`] ?? usualTimeoutMs;
  return { baseUrl, model, apiKey: env[`${prefix}_API_KEY`], timeoutMs };
}

/** How traces are exported: https://opentelemetry.io/docs/specs/otel/configuration/sdk-environment-variables/ */
function tracesOf(env: z.output<typeof environment>) {
  const endpoint = env.OTEL_EXPORTER_OTLP_TRACES_ENDPOINT ?? env.OTEL_EXPORTER_OTLP_ENDPOINT;
  const exporter = env.OTEL_TRACES_EXPORTER ?? (endpoint === undefined ? "none" : "otlp");
  if (exporter === "none" || env.OTEL_SDK_DISABLED?.toLowerCase() === "true") return undefined;
  return {
    protocol: env.OTEL_EXPORTER_OTLP_TRACES_PROTOCOL ?? env.OTEL_EXPORTER_OTLP_PROTOCOL ?? "http/protobuf",
    sampler: env.OTEL_TRACES_SAMPLER,
    ratio: env.OTEL_TRACES_SAMPLER_ARG,
  };
}

/** What a child process needs to run at all, without the settings of this one. */
export function inheritedEnvironment(): Record<string, string | undefined> {
  return Object.fromEntries(
    // oxlint-disable-next-line node/no-process-env -- this is the place
    Object.entries(process.env).filter(([name]) => !(name in environment.shape)),
  );
}

/** The settings of a server. */
export type Settings = ReturnType<typeof readEnvironment>;

/** The fewest characters of a key. */
const shortestKey = 16;
const anyScope = `(?:${scopes.join("|")})`;
const bootstrapEntry = new RegExp(`^([^:]+):([^:]+)(?::(${anyScope}(?:\\+${anyScope})*))?$`);

/** Reads `org:key` and `org:key:scope+scope`, comma-separated. Scopes hold a colon themselves. */
export function parseBootstrapKeys(text: string): BootstrapKey[] {
  return splitList(text).map((entry) => {
    const [, orgId, key, granted] = bootstrapEntry.exec(entry) ?? [];
    if (orgId === undefined || key === undefined) {
      // The entry itself holds a secret, which must not end up in a log.
      throw new Error(
        `MEMLANE_BOOTSTRAP_KEYS holds an entry that is not org:key or org:key:scope+scope, where a key has no colon ` +
          `and the scopes are ${scopes.join(" and ")}.`,
      );
    }
    if (key.length < shortestKey) {
      throw new Error(
        `MEMLANE_BOOTSTRAP_KEYS holds a key of fewer than ${shortestKey} characters, which can be guessed. ` +
          "Take a random one, for example from 'openssl rand -hex 24'.",
      );
    }
    return { orgId, key, scopes: granted === undefined ? scopes : granted.split("+").map(parseScope) };
  });
}

/** Reads one scope. @throws Error that lists the scopes there are */
export function parseScope(text: string): Scope {
  const scope = scopes.find((known) => known === text);
  if (scope === undefined) throw new Error(`There is no scope '${text}'; there are ${scopes.join(" and ")}.`);
  return scope;
}

function parseOrigin(text: string): string {
  if (text === "*" || (URL.canParse(text) && new URL(text).origin === text)) return text;
  throw new Error(
    `MEMLANE_CORS_ORIGINS holds '${text}', which is neither * nor an origin such as https://app.example.com.`,
  );
}

function splitList(text: string): string[] {
  return text
    .split(",")
    .map((entry) => entry.trim())
    .filter((entry) => entry !== "");
}
