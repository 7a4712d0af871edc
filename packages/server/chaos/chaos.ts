// Runs clients against two sites, kills processes of the sites, waits for the jobs to end, and audits the result.
import { learnedOf } from "@memlane/core/internal";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import * as fc from "fast-check";
import { Client as Postgres } from "pg";
import { startReceiver } from "../test/receiver.ts";
import { audit, type Account } from "./audit.ts";
import type { Fault } from "./books.ts";
import { ask, type Client } from "./client.ts";
import { siteTable, type Site, type SiteName } from "./site.ts";
import { live, requestOf, story } from "./story.ts";

export interface ChaosOptions {
  /** @default "processes" */
  readonly site?: SiteName | undefined;
  readonly kills: number;
  /** Decides what is killed and when, and what clients do. Timing still differs between runs. */
  readonly seed: number;
  readonly onProgress?: (progress: { readonly kills: number; readonly acknowledged: number }) => void;
}

export interface ChaosReport {
  readonly kills: number;
  /** The number of jobs whose POST was answered with their id. */
  readonly acknowledged: number;
  readonly faults: readonly Fault[];
}

const orgIds = ["acme", "bolt", "cobra"];
const clientsPerOrg = 2;
const settleMs = 60_000; // a job's lease lasts 1.5 s, a delivery's lease 3 s
const startMs = 60_000;

const longestDelayMs = 1800; // between two kills

/** Kills processes one after another, and resolves with the faults. */
export async function runChaos({
  site: siteName = "processes",
  kills,
  seed,
  onProgress,
}: ChaosOptions): Promise<ChaosReport> {
  const directory = await mkdtemp(join(tmpdir(), "memlane-chaos-"));
  const failing = new AbortController();
  const fail = (reason: unknown) => failing.abort(reason);
  const environment = {
    MEMLANE_BOOTSTRAP_KEYS: orgIds.map((orgId) => `${orgId}:key-for-chaos-of-${orgId}`).join(","),
    MEMLANE_LEASE_MS: "1500",
    MEMLANE_WEBHOOK_ALLOW_PRIVATE: "true",
    MEMLANE_WEBHOOK_TIMEOUT_MS: "1000",
    MEMLANE_WEBHOOK_RETRY_MS: "500",
  };
  const receiver = await startReceiver();
  const options = { directory, environment, onDeath: (reason: string) => fail(new Error(reason)) };
  const sites = await Promise.all(siteTable[siteName].map((open) => open(options)));
  try {
    const accounts = new Map(
      await Promise.all(sites.map(async (site) => [site, await openAccounts(site)] as const)),
    );
    const all = [...accounts.values()].flat();
    const acknowledged = () =>
      all.reduce((sum, { books }) => sum + books.entries.flatMap(({ jobIds }) => jobIds).length, 0);

    let isOver = false;
    const clients = all.flatMap((account) =>
      Array.from({ length: clientsPerOrg }, (_, number) => ({ account, number })),
    );
    const working = Promise.all(
      clients.map(({ account, number }, index) => work(account, number, seed + index + 1)),
    );
    working.catch(fail);
    const ways = sites.flatMap((site) => site.kills);
    for (const [index, { way, delayMs, choice }] of plan(ways.length, kills, seed).entries()) {
      await sleep(delayMs);
      failing.signal.throwIfAborted();
      await ways[way]!(choice);
      onProgress?.({ kills: index + 1, acknowledged: acknowledged() });
    }
    isOver = true;
    await working;
    await Promise.all(sites.map(settle));
    failing.signal.throwIfAborted();

    const delivered = new Set(receiver.received.map(({ body }) => String(JSON.parse(body).job_id)));
    const faults: Fault[] = [];
    for (const [site, [first, ...others]] of accounts) {
      faults.push(...(await audit(await site.findDatabaseUrl(), [{ ...first!, delivered }, ...others])));
    }
    return { kills, acknowledged: acknowledged(), faults };

    async function work(account: Account, number: number, clientSeed: number): Promise<void> {
      const { client, books } = account;
      for (let started = 0; !isOver;) {
        for (const next of fc.sample(story, { seed: clientSeed + started, numRuns: 100 })) {
          if (isOver) return;
          await live(next, `user ${number}.${(started += 1)}`, client, books);
          await sleep(next.pauseMs);
        }
      }
    }
  } finally {
    await Promise.all(sites.map(({ close }) => close()));
    await receiver.close();
    await rm(directory, { recursive: true, force: true });
  }

  /** The organisations of a site, the first of them with a webhook. */
  async function openAccounts(site: Site): Promise<Account[]> {
    const clients = orgIds.map((orgId) => ({ urls: site.urls, orgId, apiKey: `key-for-chaos-of-${orgId}` }));
    const body = { url: receiver.url };
    await untilAnswered(() => ask(clients[0]!, "PUT /v1/webhooks", [200], { body }));
    const memoriesOfConversation = await calibrate(clients[1]!);
    return clients.map((client) => ({ client, memoriesOfConversation, books: { entries: [], faults: [] } }));
  }
}

/** How to kill, after which delay, and a number to choose a process by. Each round has every way once. */
function plan(waysToKill: number, kills: number, seed: number) {
  const ways = Array.from({ length: waysToKill }, (_, way) => way);
  const round = fc.shuffledSubarray(ways, { minLength: waysToKill });
  const rounds = fc.sample(round, { seed, numRuns: Math.ceil(kills / waysToKill) }).flat();
  const delays = fc.sample(fc.noBias(fc.integer({ min: 0, max: longestDelayMs })), { seed, numRuns: kills });
  const choices = fc.sample(fc.noBias(fc.nat()), { seed, numRuns: kills });
  return delays.map((delayMs, index) => ({ way: rounds[index]!, delayMs, choice: choices[index]! }));
}

/**
 * How many memories the conversation makes in one undisturbed run.
 *
 * @throws Error if a second run makes the same number, because a job's result could then not show that it ran twice
 */
async function calibrate(client: Client): Promise<number> {
  const { route, body } = requestOf({ kind: "conversation", userId: "calibration", items: 1 });
  // Under a key, because a request that is sent again after a time-out would be the second run.
  const run = (key: string) => untilAnswered(() => ask(client, `${route}?wait=true`, [200], { body, key }));
  const [once, twice] = [await run("calibration"), await run("second calibration")].map(
    ({ body: job }) => learnedOf(job.result?.memories_created).length,
  );
  if (!once || once === twice)
    throw new Error(`The conversation makes ${once} memories, and ${twice} in a second run.`);
  return once;
}

async function untilAnswered<Answer>(work: () => Promise<Answer | undefined>): Promise<Answer> {
  const untilMs = performance.now() + startMs;
  for (;;) {
    const answer = await work();
    if (answer !== undefined) return answer;
    if (performance.now() > untilMs) throw new Error("The servers do not start.");
    await sleep(50);
  }
}

/** Waits until every job has ended and every delivery is made, up to a limit. */
async function settle(site: Site): Promise<void> {
  const untilMs = performance.now() + settleMs;
  while (performance.now() < untilMs && (await countOpen(site)) !== 0) await sleep(200);
}

async function countOpen(site: Site): Promise<number | undefined> {
  const database = new Postgres({
    connectionString: await site.findDatabaseUrl(),
    connectionTimeoutMillis: 2000,
  });
  database.on("error", () => {});
  try {
    await database.connect();
    const { rows } = await database.query<{ open: number }>(
      `select (select count(*) from memlane.job where state in ('queued', 'active'))::integer
         + (select count(*) from memlane.webhook_delivery where state = 'pending')::integer as open`,
    );
    return rows[0]?.open;
  } catch {
    return undefined; // it is restarting
  } finally {
    await database.end().catch(() => {});
  }
}
