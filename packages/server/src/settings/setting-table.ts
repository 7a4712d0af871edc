// The table of all settings. The parser, `memlane-server --help`, the flags and the README's table come from it.
import * as z from "zod/mini";
import { largestLimit } from "../store/limits.ts";
import {
  longestTimerMs,
  modelUrl,
  numberBetween,
  oneOf,
  port,
  postgresUrl,
  text,
  trueOrFalse,
  wholeNumber,
  type ValueKind,
} from "./value-kinds.ts";

/** The groups, in the order in which help and documentation show them. */
export const settingGroups = [
  "Database",
  "Network",
  "Access",
  "Jobs",
  "Model for extraction",
  "Model for search",
  "Webhook requests",
  "Default limits",
  "Trace export",
  "Logging",
] as const;

/** One setting. The name in the table is its environment variable. */
export interface Setting extends ValueKind {
  readonly group: (typeof settingGroups)[number];
  /** One short phrase. Words to type are in backticks. */
  readonly help: string;
  /** The value if the variable is not set. Null means no limit. Without a default, it stays undefined. */
  readonly default?: string | number | boolean | null;
  /** A flag that sets it as well. The flag wins. */
  readonly flag?: string;
  /** No error, log or help shows the value. */
  readonly isSecret?: true;
}

const milliseconds = wholeNumber({ least: 1, most: longestTimerMs });
const requestMilliseconds = wholeNumber({ least: 1, most: 600_000 });
const limit = { ...wholeNumber({ least: 1, most: largestLimit }), default: null };
const otlpProtocol = oneOf("http/protobuf", "http/json");

/** All settings, by the name of their variable. */
export const settingTable = {
  DATABASE_URL: {
    group: "Database",
    help: "your own PostgreSQL, 14 or newer, instead of the embedded one; several hosts are separated by commas",
    ...postgresUrl,
    isSecret: true,
  },
  MEMLANE_DATABASE_DIRECT_URL: {
    group: "Database",
    help: "the same database without its pooler, if `DATABASE_URL` leads through PgBouncer in transaction mode",
    ...postgresUrl,
    isSecret: true,
  },
  MEMLANE_DATABASE_PREPARED: {
    group: "Database",
    help: "whether SQL statements are prepared by name; without it, only if there is no `MEMLANE_DATABASE_DIRECT_URL`",
    ...trueOrFalse,
  },
  MEMLANE_DATA: {
    group: "Database",
    help: "folder of the embedded database",
    ...text,
    default: "memlane-data",
    flag: "--data <folder>",
  },
  MEMLANE_BACKUP_FOLDER: {
    group: "Database",
    help: "folder for regular backups, which `memlane-server import` reads; set it for one process only",
    ...text,
  },
  MEMLANE_BACKUP_HOURS: {
    group: "Database",
    help: "hours between two backups",
    ...wholeNumber({ least: 1, most: 500 }),
    default: 24,
  },
  MEMLANE_BACKUP_KEEP: {
    group: "Database",
    help: "backups to keep; older ones are deleted",
    ...wholeNumber({ least: 1 }),
    default: 7,
  },

  MEMLANE_HOST: {
    group: "Network",
    help: "address to listen on",
    ...text,
    default: "127.0.0.1",
    flag: "--host <address>",
  },
  MEMLANE_PORT: {
    group: "Network",
    help: "port of `serve` and `api`; 0 takes any free port",
    ...port,
    default: 8787,
    flag: "--port <number>",
  },
  MEMLANE_WORKER_PORT: {
    group: "Network",
    help: "port of `worker`, which answers only `/healthz` and `/readyz`; 0 takes any free port",
    ...port,
    default: 8788,
    flag: "--port <number>",
  },
  MEMLANE_METRICS_PORT: {
    group: "Network",
    help: "port of `/metrics` for Prometheus, which needs no key there",
    ...port,
  },
  MEMLANE_MAX_BODY_BYTES: {
    group: "Network",
    help: "largest body of a batch; any other body may have at most 8388608 bytes",
    ...wholeNumber({ least: 1 }),
    default: 33_554_432,
  },

  MEMLANE_BOOTSTRAP_KEYS: {
    group: "Access",
    help: "keys to create at the start: `org:key` or `org:key:scope+scope`, separated by commas; a key has 16 characters or more",
    ...text,
    default: "",
    isSecret: true,
  },
  MEMLANE_CORS_ORIGINS: {
    group: "Access",
    help: "origins whose pages may call the API, separated by commas, or `*`",
    ...text,
    default: "",
  },
  MEMLANE_SELF_SERVICE: {
    group: "Access",
    help: "`on`: any client that reaches the server can create an organisation with a key; `paused`: none can for now",
    ...oneOf("off", "paused", "on"),
    default: "off",
  },
  MEMLANE_SIGNUPS_PER_MINUTE: {
    group: "Access",
    help: "organisations that can be created in a minute with MEMLANE_SELF_SERVICE",
    ...wholeNumber({ least: 1, most: 100_000 }),
    default: 10,
  },
  MEMLANE_KEEP_AUDIT_DAYS: {
    group: "Access",
    help: "days for which the audit log keeps an event; `0` records no requests but erasures",
    ...wholeNumber({ least: 0, most: 36_500 }),
    default: 90,
  },

  MEMLANE_WORKER_CONCURRENCY: {
    group: "Jobs",
    help: "jobs that a worker runs at a time",
    ...wholeNumber({ least: 1 }),
    default: 4,
  },
  MEMLANE_JOB_ATTEMPTS: {
    group: "Jobs",
    help: "failed attempts after which a job fails",
    ...wholeNumber({ least: 1, most: 1000 }),
    default: 5,
  },
  MEMLANE_JOB_TIMEOUT_MS: {
    group: "Jobs",
    help: "milliseconds that one attempt at a job may take",
    ...milliseconds,
    default: 120_000,
  },
  MEMLANE_LEASE_MS: {
    group: "Jobs",
    help: "milliseconds after which another worker takes the job of a worker that does not answer",
    ...wholeNumber({ least: 300 }),
    default: 15_000,
  },
  MEMLANE_DRAIN_MS: {
    group: "Jobs",
    help: "milliseconds that a stop waits for requests and jobs; then it gives the jobs back",
    ...milliseconds,
    default: 8000,
  },
  MEMLANE_KEEP_JOBS_HOURS: {
    group: "Jobs",
    help: "hours for which an ended job can be read; at least 24, the lifetime of an idempotency key",
    ...wholeNumber({ least: 24, most: 87_600 }),
    default: 24,
  },
  MEMLANE_KEEP_SOURCES_DAYS: {
    group: "Jobs",
    help: "days for which the messages of conversations are kept; `0` keeps none, and without it they stay",
    ...wholeNumber({ least: 0, most: 36_500 }),
  },

  MEMLANE_LLM_BASE_URL: {
    group: "Model for extraction",
    help: "OpenAI-compatible API of a model that extracts memories; without it, built-in rules extract them",
    ...modelUrl,
  },
  MEMLANE_LLM_MODEL: { group: "Model for extraction", help: "name of the model", ...text },
  MEMLANE_LLM_API_KEY: {
    group: "Model for extraction",
    help: "key of that API, if it needs one; sent as `Authorization: Bearer …`",
    ...text,
    isSecret: true,
  },
  MEMLANE_LLM_TEMPERATURE: {
    group: "Model for extraction",
    help: "0 to 2; `none` sends no temperature, for models that accept none",
    schema: z.union([numberBetween(0, 2).schema, z.literal("none")]),
    allowed: "a number from 0 to 2, or 'none'",
    default: 0,
  },
  MEMLANE_LLM_OUTPUT: {
    group: "Model for extraction",
    help: "`schema` sends a JSON schema; `json` describes the answer in words, for APIs without schemas",
    ...oneOf("schema", "json"),
    default: "schema",
  },
  MEMLANE_LLM_TIMEOUT_MS: {
    group: "Model for extraction",
    help: "milliseconds that one request may take",
    ...requestMilliseconds,
    default: 60_000,
  },
  MEMLANE_LLM_WINDOW_TOKENS: {
    group: "Model for extraction",
    help: "largest part of a conversation in one request, in estimated tokens; well below the model's context",
    ...wholeNumber({ least: 500 }),
    default: 4000,
  },
  MEMLANE_LLM_BUDGET_TOKENS: {
    group: "Model for extraction",
    help: "what the model reads for one job at most, in estimated tokens",
    ...wholeNumber({ least: 1000 }),
    default: 100_000,
  },
  MEMLANE_LLM_FALLBACK: {
    group: "Model for extraction",
    help: "`offline`: if the model fails, the rules read the conversation; without it, the job fails",
    ...oneOf("offline"),
  },

  MEMLANE_EMBEDDING_BASE_URL: {
    group: "Model for search",
    help: "OpenAI-compatible API of an embedding model, to search by meaning too; the part before `/embeddings`",
    ...modelUrl,
  },
  MEMLANE_EMBEDDING_MODEL: { group: "Model for search", help: "name of the model", ...text },
  MEMLANE_EMBEDDING_API_KEY: {
    group: "Model for search",
    help: "key of that API, if it needs one; sent as `Authorization: Bearer …`",
    ...text,
    isSecret: true,
  },
  MEMLANE_EMBEDDING_TIMEOUT_MS: {
    group: "Model for search",
    help: "milliseconds that one request may take",
    ...requestMilliseconds,
    default: 5000,
  },

  MEMLANE_WEBHOOK_ALLOW_PRIVATE: {
    group: "Webhook requests",
    help: "`true` allows webhooks to use `http:` and private addresses",
    ...trueOrFalse,
    default: false,
  },
  MEMLANE_WEBHOOK_TIMEOUT_MS: {
    group: "Webhook requests",
    help: "milliseconds that a receiver may take to answer",
    ...requestMilliseconds,
    default: 15_000,
  },
  MEMLANE_WEBHOOK_RETRY_MS: {
    group: "Webhook requests",
    help: "milliseconds before the second attempt; later delays are longer",
    ...wholeNumber({ least: 1, most: 3_600_000 }),
    default: 5000,
  },

  MEMLANE_REQUESTS_PER_MINUTE: {
    group: "Default limits",
    help: "requests that each key may make in a minute",
    ...limit,
  },
  MEMLANE_WRITES_PER_MONTH: {
    group: "Default limits",
    help: "memories that an organisation may store in a calendar month (UTC)",
    ...limit,
  },
  MEMLANE_AGENTS: {
    group: "Default limits",
    help: "agents of an organisation that may have memories",
    ...limit,
  },
  MEMLANE_UNFINISHED_BATCHES: {
    group: "Default limits",
    help: "unfinished batches that an organisation may have at a time",
    ...limit,
  },
  MEMLANE_UNFINISHED_JOBS: {
    group: "Default limits",
    help: "unfinished jobs that an organisation may have at a time, batches included",
    ...limit,
  },
  MEMLANE_GROUPS: {
    group: "Default limits",
    help: "active groups that an organisation may have",
    ...limit,
    default: 100,
  },

  // OpenTelemetry's standard variables. The exporter reads the others itself.
  // https://opentelemetry.io/docs/specs/otel/configuration/sdk-environment-variables/
  OTEL_EXPORTER_OTLP_ENDPOINT: {
    group: "Trace export",
    help: "URL of the OpenTelemetry collector that gets the traces, without `/v1/traces`",
    ...text,
  },
  OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: {
    group: "Trace export",
    help: "the whole URL for traces, instead of the one above",
    ...text,
  },
  OTEL_EXPORTER_OTLP_HEADERS: {
    group: "Trace export",
    help: "headers to send to the collector, such as its key",
    ...text,
    isSecret: true,
  },
  OTEL_EXPORTER_OTLP_PROTOCOL: {
    group: "Trace export",
    help: "`http/protobuf` or `http/json`",
    ...otlpProtocol,
    default: "http/protobuf",
  },
  OTEL_EXPORTER_OTLP_TRACES_PROTOCOL: {
    group: "Trace export",
    help: "the protocol for traces, instead of the one above",
    ...otlpProtocol,
  },
  OTEL_EXPORTER_OTLP_TIMEOUT: {
    group: "Trace export",
    help: "milliseconds that one request to the collector may take",
    ...text,
    default: "10000",
  },
  OTEL_EXPORTER_OTLP_COMPRESSION: {
    group: "Trace export",
    help: "`gzip` or `none`",
    ...text,
    default: "none",
  },
  OTEL_SERVICE_NAME: {
    group: "Trace export",
    help: "name of this process in the traces",
    ...text,
    default: "memlane",
  },
  OTEL_RESOURCE_ATTRIBUTES: {
    group: "Trace export",
    help: "more attributes of this process: `name=value`, separated by commas",
    ...text,
  },
  OTEL_TRACES_SAMPLER: {
    group: "Trace export",
    help: "which traces are kept; `parentbased_…` follows the caller's decision",
    ...oneOf(
      "always_on",
      "always_off",
      "traceidratio",
      "parentbased_always_on",
      "parentbased_always_off",
      "parentbased_traceidratio",
    ),
    default: "parentbased_always_on",
  },
  OTEL_TRACES_SAMPLER_ARG: {
    group: "Trace export",
    help: "share of the traces that a `…traceidratio` keeps, 0 to 1",
    ...numberBetween(0, 1),
    default: 1,
  },
  OTEL_TRACES_EXPORTER: {
    group: "Trace export",
    help: "`none` sends no traces, even if there is an endpoint",
    ...oneOf("otlp", "none"),
  },
  OTEL_SDK_DISABLED: {
    group: "Trace export",
    help: "`true` sends no traces either",
    ...text,
    default: "false",
  },

  MEMLANE_LOG_LEVEL: {
    group: "Logging",
    help: "`fatal`, `error`, `warn`, `info`, `debug`, `trace` or `silent`",
    ...oneOf("fatal", "error", "warn", "info", "debug", "trace", "silent"),
    default: "info",
  },
} as const satisfies Record<string, Setting>;

/** The name of a setting's variable. */
export type SettingName = keyof typeof settingTable;

/** The value of each variable. */
export type SettingValues = { readonly [Name in SettingName]: ValueOf<(typeof settingTable)[Name]> };

type ValueOf<Row extends Setting> =
  | z.output<Row["schema"]>
  | (Row extends { default: infer Default } ? Default : undefined);

/** The settings of a group, with their names, in the order of the table. */
export function settingsOf(group: Setting["group"]): (readonly [name: string, setting: Setting])[] {
  return Object.entries<Setting>(settingTable).filter(([, setting]) => setting.group === group);
}

/** The default as a person would type it; undefined if there is none. */
export function defaultText(setting: Setting): string | undefined {
  if (setting.default === undefined || setting.default === "") return undefined;
  return setting.default === null ? "no limit" : String(setting.default);
}
