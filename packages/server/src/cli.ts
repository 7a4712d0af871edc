#!/usr/bin/env node
// memlane-server: runs the server, and manages organisations and keys.
import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { Command, InvalidArgumentError, Option } from "commander";
import type { Database } from "./database/database.ts";
import { parseScope, readEnvironment, type Settings } from "./environment.ts";
import { createKey } from "./keys/create-key.ts";
import { createLogger } from "./logging/logger.ts";
import { changesOf, limitOptions, limitsHelp, printLimits, type LimitChoices } from "./cli/limits-command.ts";
import { messageOf } from "./base/message-of.ts";
import { printRedactionSettings, redactionHelp, redactionOptions } from "./cli/redaction-command.ts";
import { runAsChild } from "./cli/run-as-child.ts";
import type { Role } from "./app.ts";
import { startServer } from "./serve.ts";
import { listApiKeys, revokeApiKey, scopes, type Scope } from "./store/api-keys.ts";
import { readOwnLimits, saveOwnLimits } from "./store/limits.ts";
import {
  readRedactionSettings,
  saveRedactionSettings,
  type RedactionSettings,
} from "./store/redaction-settings.ts";
import { openDatabase } from "./open-database.ts";
import { insertOrg, listOrgs } from "./store/orgs.ts";
import { untilStopped } from "./base/until-stopped.ts";
import { version } from "./base/version.ts";

const environmentHelp = `
Environment:
  DATABASE_URL                   a PostgreSQL server of your own, instead of the embedded one
  MEMLANE_DATA                   the folder of the embedded database (--data)
  MEMLANE_HOST, MEMLANE_PORT     where to listen (--host, --port)
  MEMLANE_WORKER_PORT            where a worker alone answers /healthz and /readyz (8788)
  MEMLANE_METRICS_PORT           where to answer Prometheus at /metrics, without a key (nowhere)
  MEMLANE_BOOTSTRAP_KEYS         keys to have at start: org:key or org:key:scope+scope, comma-separated; 16 characters or more
  MEMLANE_CORS_ORIGINS           origins whose pages may call the API, comma-separated
  MEMLANE_MAX_BODY_BYTES         the largest batch (33554432); another body is at most 8388608
  MEMLANE_WORKER_CONCURRENCY     jobs at a time (4)
  MEMLANE_KEEP_JOBS_HOURS        how long a job is kept after its end, 24 at least (24)
  MEMLANE_LEASE_MS               how long a job is held without a sign of life (15000)
  MEMLANE_JOB_TIMEOUT_MS         how long one attempt at a job may take (120000)
  MEMLANE_JOB_ATTEMPTS           how many attempts of a job count before it fails (5)
  MEMLANE_DRAIN_MS               how long a stop waits for what runs, before it is given back or cut off (8000)
  MEMLANE_LLM_BASE_URL           an OpenAI-compatible endpoint that extracts memories, instead of the rules that come along
  MEMLANE_LLM_MODEL              the model to use there
  MEMLANE_LLM_API_KEY            its key, if it asks for one
  MEMLANE_LLM_TEMPERATURE        0 to 2, or none to leave it to the endpoint (0)
  MEMLANE_LLM_OUTPUT             how it is told the shape of its answer: schema, or json (schema)
  MEMLANE_LLM_TIMEOUT_MS         how long one request may take (60000)
  MEMLANE_LLM_WINDOW_TOKENS      the largest part of a conversation in one request (4000)
  MEMLANE_LLM_BUDGET_TOKENS      what a job may have the model read (100000)
  MEMLANE_LLM_FALLBACK           offline lets the rules read what the model could not (the job fails)
  MEMLANE_EMBEDDING_BASE_URL     an OpenAI-compatible endpoint by which search finds by meaning too (by words alone)
  MEMLANE_EMBEDDING_MODEL        the model to use there
  MEMLANE_EMBEDDING_API_KEY      its key, if it asks for one
  MEMLANE_EMBEDDING_TIMEOUT_MS   how long one request may take (5000)
  OTEL_EXPORTER_OTLP_ENDPOINT    where to send traces, with OpenTelemetry's other standard variables (nowhere)
  MEMLANE_WEBHOOK_ALLOW_PRIVATE  true lets webhooks go to http: and to private addresses (false)
  MEMLANE_WEBHOOK_TIMEOUT_MS     how long a webhook's receiver may take (15000)
  MEMLANE_WEBHOOK_RETRY_MS       the delay before a webhook's second attempt, which then grows (5000)
  MEMLANE_REQUESTS_PER_MINUTE    of one API key (no limit); these five hold where an organisation has none of its own
  MEMLANE_WRITES_PER_MONTH       memories that an organisation may store in a calendar month (no limit)
  MEMLANE_AGENTS                 agents that it may have memories of (no limit)
  MEMLANE_UNFINISHED_BATCHES     batches that it may have unfinished at a time (no limit)
  MEMLANE_UNFINISHED_JOBS        jobs that it may have unfinished at a time (no limit)
  MEMLANE_LOG_LEVEL              fatal, error, warn, info, debug, trace or silent (info)

Examples:
  $ memlane-server serve --port 8787 --data ./memlane-data
  $ memlane-server keys create acme --name laptop
  $ DATABASE_URL=postgres://db/memlane memlane-server api    # and on others: memlane-server worker
  $ MEMLANE_BOOTSTRAP_KEYS=acme:a-long-secret-key memlane-server serve`;

try {
  await run();
} catch (error) {
  process.stderr.write(`memlane-server: ${messageOf(error)}\n`);
  process.exitCode = 1;
}

async function run(): Promise<void> {
  const settings = readEnvironment();
  const data = ["--data <folder>", "folder of the embedded database", settings.dataDirectory] as const;
  const program = new Command("memlane-server")
    .description(
      "Memlane: hand over conversations or batches of memories, watch the job, search what is kept.",
    )
    .version(version)
    .addHelpText("after", environmentHelp)
    .showHelpAfterError("(--help shows how)");

  /** Runs a server until it is told to stop. */
  const serve = async (changes: Partial<Settings>, roles?: readonly Role[]) => {
    if (process.pid === 1) process.exit(await runAsChild());
    const log = createLogger(settings.logLevel);
    const stopped = untilStopped();
    const stopTraces =
      settings.traces && (await (await import("./tracing/export-traces.ts")).exportTraces(settings.traces));
    const server = await startServer({ ...settings, ...changes }, log, roles);
    log.info({ signal: await stopped }, "stopping; once more in a second stops at once");
    await server.close();
    await stopTraces?.();
    log.info("stopped");
    // A job or a request that did not heed its signal may still run; it can do nothing any more, and holds up nobody.
    process.exit();
  };
  const port = (usual: number) =>
    new Option("--port <number>", "port to listen on; 0 takes any that is free")
      .argParser(parsePort)
      .default(usual);
  const host = ["--host <address>", "address to listen on", settings.host] as const;

  program
    .command("serve")
    .description("run the database, the API and the worker in one process, until SIGINT, SIGTERM or SIGHUP")
    .addOption(port(settings.port))
    .option(...host)
    .option(...data)
    .action((options: { port: number; host: string; data: string }) =>
      serve({ port: options.port, host: options.host, dataDirectory: options.data }),
    );
  program
    .command("api")
    .description("run the API alone, on DATABASE_URL, beside any number of others and of workers")
    .addOption(port(settings.port))
    .option(...host)
    .action((options: { port: number; host: string }) => serve(options, ["api"]));
  program
    .command("worker")
    .description("run a worker alone, on DATABASE_URL; its port answers /healthz and /readyz")
    .addOption(port(settings.workerPort))
    .option(...host)
    .action((options: { port: number; host: string }) => serve(options, ["worker"]));

  /** Runs a command on the database, beside a server that may be running. */
  const onDatabase = async (dataDirectory: string, work: (database: Database) => Promise<void>) => {
    void untilStopped(); // it ends by itself, and must first stop the database that it may have started
    const log = createLogger("error");
    const hasDatabase = settings.databaseUrl !== undefined || existsSync(join(dataDirectory, "postgres"));
    const database = await openDatabase({
      databaseUrl: settings.databaseUrl,
      dataDirectory,
      as: "visitor",
      log,
    });
    if (!hasDatabase) {
      // In another folder than that of the server, its keys and organisations would be missed.
      process.stderr.write(`There was no database in ${resolve(dataDirectory)}: made one.\n`);
    }
    try {
      await work(database);
    } finally {
      await database.close();
    }
  };

  const keys = program.command("keys").description("manage API keys");
  keys
    .command("create")
    .description("make a key; it is shown this once, and only its hash is kept")
    .argument("<org>", "the organisation that it belongs to, made if need be")
    .option("--name <name>", "what the key is for", "cli")
    .addOption(
      new Option("--scopes <scopes>", "comma-separated")
        .argParser(parseScopes)
        .default([...scopes], scopes.join(",")),
    )
    .option(...data)
    .action((orgId: string, options: { name: string; scopes: Scope[]; data: string }) =>
      onDatabase(options.data, async (database) => {
        const { id, key } = await createKey(database, orgId, options.name, options.scopes);
        process.stdout.write(`${key}\n`);
        process.stderr.write(
          `Key ${id} of ${orgId} (${options.scopes.join(", ")}). It is not shown again.\n`,
        );
      }),
    );
  keys
    .command("list")
    .description("list the keys: id, organisation, name, last characters, scopes, state")
    .option(...data)
    .action((options: { data: string }) =>
      onDatabase(options.data, async (database) => {
        for (const { id, orgId, name, hint, scopes: granted, revokedAt } of await listApiKeys(database)) {
          const state = revokedAt === null ? "active" : `revoked ${revokedAt.toISOString()}`;
          process.stdout.write(`${[id, orgId, name, `…${hint}`, granted.join(","), state].join("\t")}\n`);
        }
      }),
    );
  keys
    .command("revoke")
    .description("revoke a key for good")
    .argument("<id>", "its id, as listed")
    .option(...data)
    .action((id: string, options: { data: string }) =>
      onDatabase(options.data, async (database) => {
        const revoked = await revokeApiKey(database, id);
        if (revoked === undefined)
          throw new Error(`There is no key ${id}; 'memlane-server keys list' lists them.`);
        process.stderr.write(`Revoked ${revoked.name} of ${revoked.orgId}.\n`);
      }),
    );

  const orgs = program.command("orgs").description("manage organisations");
  orgs
    .command("create")
    .description("make an organisation")
    .argument("<org>", "its id")
    .option(...data)
    .action((orgId: string, options: { data: string }) =>
      onDatabase(options.data, async (database) => {
        const isNew = await insertOrg(database, orgId);
        process.stderr.write(isNew ? `Made ${orgId}.\n` : `${orgId} is there already.\n`);
      }),
    );
  orgs
    .command("list")
    .description("list the organisations")
    .option(...data)
    .action((options: { data: string }) =>
      onDatabase(options.data, async (database) => {
        for (const { id, createdAt } of await listOrgs(database)) {
          process.stdout.write(`${id}\t${createdAt.toISOString()}\n`);
        }
      }),
    );

  const limits = orgs
    .command("limits")
    .description("show what an organisation may do, or change it")
    .argument("<org>", "its id");
  for (const option of limitOptions) limits.addOption(option);
  limits
    .option(...data)
    .addHelpText("after", limitsHelp)
    .action((orgId: string, { data: folder, ...choices }: LimitChoices & { data: string }) =>
      onDatabase(folder, async (database) => {
        const changes = changesOf(choices);
        const own =
          Object.keys(changes).length > 0
            ? await saveOwnLimits(database, orgId, changes)
            : await readOwnLimits(database, orgId);
        if (own === undefined) throw noOrg(orgId);
        process.stdout.write(printLimits(own, settings.limits));
      }),
    );

  const redaction = orgs
    .command("redaction")
    .description("show where secrets and personal data of an organisation are replaced, or change it")
    .argument("<org>", "its id");
  for (const option of redactionOptions) redaction.addOption(option);
  redaction
    .option(...data)
    .addHelpText("after", redactionHelp)
    .action((orgId: string, { data: folder, ...changes }: Partial<RedactionSettings> & { data: string }) =>
      onDatabase(folder, async (database) => {
        const saved =
          Object.keys(changes).length > 0
            ? await saveRedactionSettings(database, orgId, changes)
            : await readRedactionSettings(database, orgId);
        if (saved === undefined) throw noOrg(orgId);
        process.stdout.write(printRedactionSettings(saved));
      }),
    );

  await program.parseAsync();
}

function noOrg(orgId: string): Error {
  return new Error(`There is no organisation ${orgId}; 'memlane-server orgs list' lists them.`);
}

function parsePort(text: string): number {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new InvalidArgumentError("It is 0 to 65535.");
  return port;
}

function parseScopes(text: string): Scope[] {
  try {
    return text.split(",").map((scope) => parseScope(scope.trim()));
  } catch (error) {
    throw new InvalidArgumentError(messageOf(error));
  }
}
