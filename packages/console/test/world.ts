// A real server with its worker, and jobs that ended in each way. One for all test files.
import { randomBytes } from "node:crypto";
import { startTestPostgres, startTestServer } from "@memlane/server/testing";
import type { TestProject } from "vitest/node";
import { haveConversation, importBatch, insertFailure, openSeed, type Seed } from "./seed.ts";

/** The server, and how tests reach into it. */
export interface World {
  readonly url: string;
  /** The key of `org_acme`. */
  readonly apiKey: string;
  /** The key of `org_large`, which has no jobs yet. */
  readonly largeApiKey: string;
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

/** Starts a server with jobs. */
export async function startWorld(
  port = 0,
): Promise<{ readonly world: World; readonly stop: () => Promise<void> }> {
  const [apiKey, largeApiKey] = [newKey(), newKey()];
  const postgres = await startTestPostgres();
  const environment = {
    DATABASE_URL: postgres.url,
    MEMLANE_BOOTSTRAP_KEYS: `org_acme:${apiKey},org_large:${largeApiKey}`,
  };
  const server = await startTestServer({ command: "api", environment, port });
  const worker = await startTestServer({ command: "worker", environment });
  const reached = {
    url: server.url,
    apiKey,
    largeApiKey,
    databaseUrl: postgres.url,
    workerPid: worker.pid,
  };
  const seed = await openSeed(reached);
  const ids = await fill(seed).finally(() => seed.close());
  return {
    world: { ...reached, ...ids },
    async stop() {
      await Promise.all([server.stop(), worker.stop()]);
      await postgres.stop();
    },
  };
}

const newKey = () => `mlk_${randomBytes(12).toString("hex")}`;

async function fill(seed: Seed) {
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
