// A real server with its worker, and jobs that ended in each way. One for all test files.
import { execFile } from "node:child_process";
import { randomBytes } from "node:crypto";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { startTestPostgres, startTestServer } from "@memlane/server/testing";
import type { TestProject } from "vitest/node";
import { haveConversation, importBatch, insertFailure, openSeed, type Seed } from "./seed.ts";

/** The server, its keys and its jobs. */
export interface World {
  readonly url: string;
  /** The key of `org_acme`. */
  readonly apiKey: string;
  /** The key of `org_large`, which has no jobs yet. */
  readonly largeApiKey: string;
  /** A key of `org_acme` with the scopes `memories:read` and `operator`. */
  readonly operatorKey: string;
  readonly databaseUrl: string;
  readonly workerPid: number;
  /** Jobs of `org_acme`. */
  readonly conversationId: string;
  readonly batchId: string;
  readonly failureId: string;
}

declare module "vitest" {
  interface ProvidedContext {
    readonly world: World;
  }
}

/** Starts a server and a worker, and creates the jobs. */
export async function startWorld(): Promise<{ readonly world: World; readonly stop: () => Promise<void> }> {
  await using started = new AsyncDisposableStack();
  const [apiKey, largeApiKey] = [newKey(), newKey()];
  const postgres = await startTestPostgres();
  started.defer(() => postgres.stop());
  const environment = {
    DATABASE_URL: postgres.url,
    MEMLANE_WEBHOOK_ALLOW_PRIVATE: "true",
    MEMLANE_BOOTSTRAP_KEYS: `org_acme:${apiKey},org_large:${largeApiKey}`,
  };
  const server = await startTestServer({ command: "api", environment });
  started.defer(async () => void (await server.stop()));
  const worker = await startTestServer({ command: "worker", environment });
  started.defer(async () => void (await worker.stop()));
  const reached = { url: server.url, apiKey, databaseUrl: postgres.url };
  const seed = await openSeed(reached);
  started.defer(seed.close);
  const jobs = await createJobs(seed);
  const operatorKey = await createOperatorKey(postgres.url);
  const running = started.move();
  return {
    world: { ...reached, ...jobs, largeApiKey, operatorKey, workerPid: worker.pid },
    stop: () => running.disposeAsync(),
  };
}

/** Creates the key on the command line, as an operator does. */
async function createOperatorKey(databaseUrl: string): Promise<string> {
  const cli = join(
    dirname(createRequire(import.meta.url).resolve("@memlane/server/package.json")),
    "dist/cli.js",
  );
  const command = [cli, "keys", "create", "org_acme", "--scopes", "memories:read,operator"];
  const env = { ...process.env, DATABASE_URL: databaseUrl };
  return (await promisify(execFile)(process.execPath, command, { env })).stdout.trim();
}

const newKey = () => `mlk_${randomBytes(12).toString("hex")}`;

async function createJobs(seed: Seed) {
  const conversationId = await haveConversation(seed);
  const batchId = await importBatch(seed);
  for (const minutesAgo of [44, 20, 8, 3, 3]) await insertFailure(seed, { minutesAgo });
  await insertFailure(seed, { code: "extraction_failed", minutesAgo: 5 });
  return { conversationId, batchId, failureId: await insertFailure(seed, { minutesAgo: 1 }) };
}

/** The global setup of vitest. The returned function stops the server. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { world, stop } = await startWorld();
  project.provide("world", world);
  return stop;
}
