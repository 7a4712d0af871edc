// Simultaneous jobs of one user, in two workers with separate connections, on a real PostgreSQL.
import { randomBytes } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import type { JobId, MemoryId } from "@memlane/core";
import { createUuidV7 } from "@memlane/core/internal";
import { expect, test } from "vitest";
import type { Database } from "../src/database/database.ts";
import { createLogger } from "../src/logging/logger.ts";
import { newId } from "../src/base/new-id.ts";
import { normaliseMessages } from "../src/pipeline/normalise/normalise-messages.ts";
import { createOfflineExtractor } from "../src/pipeline/extract/english/offline-extractor.ts";
import { createTextStages } from "../src/pipeline/text-stages.ts";
import { reconcile } from "../src/pipeline/reconcile/reconcile.ts";
import type { KnownFact } from "../src/store/known-facts.ts";
import { insertJob } from "./jobs.ts";
import { noLimits } from "../src/store/limits.ts";
import { insertOrg } from "../src/store/orgs.ts";
import { openJobSignals } from "../src/jobs/job-signals.ts";
import { createRunJob } from "../src/worker/run-job.ts";
import { startWorker } from "../src/worker/worker.ts";
import { activeOf, factsAfter } from "./facts-after.ts";
import { createTestDatabase, openTestDatabase } from "./test-database.ts";
import { workerDefaults } from "./default-options.ts";

const log = createLogger("silent");
const extractor = createOfflineExtractor();
const users = 120;

/** Three conversations that interact: a repetition, a change, and a fact with its end. */
const conversations = [
  "I live in Oslo. I like tea. I have a dog named Rex.",
  "I live in Bern. I enjoy tea. I no longer have a dog.",
  "I don't like tea. I have a dog. I live in Oslo.",
];
const messagesOf = (content: string) => [{ role: "user", content }];

/** The memories if the jobs run one after the other. */
async function rememberInTurn(contents: readonly string[]): Promise<string> {
  let active: readonly KnownFact[] = [];
  for (const [index, content] of contents.entries()) {
    const arrivedAt = new Date(index);
    const { statements } = await extractor.extract(normaliseMessages(messagesOf(content)), {});
    const decisions = reconcile(statements, { facts: active, arrivedAt }, () => newId() as MemoryId);
    active = activeOf(factsAfter(active, decisions, arrivedAt));
  }
  return textsOf(active);
}

const textsOf = (memories: readonly { text: string }[]) =>
  memories
    .map(({ text }) => text)
    .toSorted()
    .join(" ");

async function startOn(database: Database) {
  const signals = await openJobSignals(database);
  const worker = startWorker({
    database,
    signals,
    runJob: createRunJob({
      database,
      signals,
      textStages: createTextStages(extractor),
      audit: () => {},
      limitsOf: async () => noLimits,
      log,
    }),
    log,
    ...workerDefaults,
    concurrency: 8,
  });
  return async () => {
    await worker.stop();
    await signals.close();
    await database.close();
  };
}

test("simultaneous jobs of one user have the same result as one after the other, in some order", async () => {
  const url = await createTestDatabase();
  const database = await openTestDatabase(url);
  await insertOrg(database, "org");
  // Separate milliseconds, so that the ids have the order of the conversations.
  let nowMs = Date.now() - users * conversations.length;
  const newJobId = createUuidV7({ now: () => (nowMs += 1), randomBytes });
  for (let user = 0; user < users; user += 1) {
    for (const content of conversations) {
      const request = {
        messages: messagesOf(content),
        user_id: `user ${user}`,
        conv_id: "c",
        group_ids: [],
      };
      await insertJob(database, {
        id: newJobId() as JobId,
        orgId: "org",
        kind: "ingest",
        request,
        received: 0,
      });
    }
  }
  const stops = await Promise.all([
    startOn(await openTestDatabase(url)),
    startOn(await openTestDatabase(url)),
  ]);
  const unfinished = "select count(*)::integer as count from memlane.job where state in ('queued', 'active')";
  while ((await database.query<{ count: number }>(unfinished))[0]!.count > 0) await sleep(20);
  await Promise.all(stops.map((stop) => stop()));

  const [failed] = await database.query<{ count: number }>(
    "select count(*)::integer as count from memlane.job where state = 'failed' or attempts > 1",
  );
  expect(failed!.count).toBe(0);
  const [a, b, c] = conversations as [string, string, string];
  const orders = [
    [a, b, c],
    [a, c, b],
    [b, a, c],
    [b, c, a],
    [c, a, b],
    [c, b, a],
  ];
  const possible = new Set(await Promise.all(orders.map(rememberInTurn)));
  expect(possible.size).toBeGreaterThan(1);
  for (let user = 0; user < users; user += 1) {
    const active = await database.query<{ text: string }>(
      "select text from memlane.memory where user_id = $1 and status = 'active'",
      [`user ${user}`],
    );
    expect(possible).toContain(textsOf(active));
  }
  await database.close();
}, 60_000);
