// What a job leaves in the heap of the processes that handle it, on a real PostgreSQL.
// `HEAP_JOBS=20000` is the long form.
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import type { JobId, WebhookId } from "@memlane/core";
import { afterAll, beforeAll, expect, test } from "vitest";
import * as z from "zod";
import type { Database } from "../src/database/database.ts";
import { readEnvironment } from "../src/settings/read-environment.ts";
import { createLogger } from "../src/logging/logger.ts";
import { newId } from "../src/base/new-id.ts";
import { startServer } from "../src/serve.ts";
import { succeedIngest } from "../src/jobs/end-job.ts";
import { insertJobs } from "../src/store/insert-jobs.ts";
import { insertOrg } from "../src/store/orgs.ts";
import { saveMainWebhook } from "../src/store/webhooks.ts";
import { startWebhookSender } from "../src/webhooks/webhook-sender.ts";
import { openJobSignals } from "../src/jobs/job-signals.ts";
import { startWorker } from "../src/worker/worker.ts";
import { createTestDatabase, openTestDatabase } from "./test-database.ts";
import { jobDefaults, webhookDefaults, workerDefaults } from "./default-options.ts";

const jobs = z.coerce
  .number()
  .int()
  .positive()
  .default(2000)
  // oxlint-disable-next-line node/no-process-env -- a test with a long form
  .parse(process.env["HEAP_JOBS"]);
const warmUpJobs = 1000;
const bytesPerJob = 200;
const orgs = ["org", "b", "c", "d", "e"]; // a sender makes four deliveries per organisation at a time
const timeoutMs = 20_000 + 40 * jobs;
const log = createLogger("silent");
const result = { created: [], updated: [], supersededBy: {}, stageTimings: {}, ignoredGroupIds: [] };

setFlagsFromString("--expose-gc");
const collectGarbage: unknown = runInNewContext("gc");

let url: string;
let database: Database;
beforeAll(async () => {
  url = await createTestDatabase();
  database = await openTestDatabase(url);
  for (const org of orgs) await insertOrg(database, org);
});
afterAll(() => database.close());

async function enqueue(count: number): Promise<void> {
  const request = { user_id: "u", conv_id: "c" };
  const newJob = () => ({
    job: { id: newId() as JobId, orgId: "org", kind: "ingest" as const, request, received: 0 },
    json: JSON.stringify(request),
  });
  for (let left = count; left > 0; left -= 500)
    await insertJobs(database, Array.from({ length: Math.min(left, 500) }, newJob), jobDefaults.keepHours);
}

async function untilNone(table: string, states: string): Promise<void> {
  const count = () => database.query(`select from memlane.${table} where state in (${states}) limit 1`);
  await expect.poll(count, { timeout: timeoutMs, interval: 100 }).toEqual([]);
}
const untilJobsEnded = () => untilNone("job", "'queued', 'active'");

/** The bytes that each job leaves in the heap, measured after the first jobs have filled the caches. */
async function measure(doJobs: (count: number) => Promise<void>): Promise<number> {
  await doJobs(warmUpJobs);
  const before = await liveBytes();
  await doJobs(jobs);
  return ((await liveBytes()) - before) / jobs;
}

async function liveBytes(): Promise<number> {
  if (typeof collectGarbage !== "function") throw new Error("there is no gc()");
  // Finalizers and closed connections free memory in later turns, so collect until a round frees almost nothing.
  for (let last = Infinity, now = 0; ; last = now) {
    await sleep(20);
    collectGarbage();
    now = process.memoryUsage().heapUsed;
    if (last - now < 10_000) return now;
  }
}

test("a worker keeps nothing of a job that has ended", { timeout: timeoutMs }, async () => {
  const signals = await openJobSignals(database);
  const worker = startWorker({
    database,
    signals,
    runJob: (job) => succeedIngest(database, job, result),
    log,
    ...workerDefaults,
    concurrency: 50,
  });
  const bytes = await measure(async (count) => {
    await enqueue(count);
    signals.announceQueued();
    await untilJobsEnded();
  });
  await worker.stop();
  await signals.close();
  expect(bytes).toBeLessThan(bytesPerJob);
});

test("a webhook sender keeps nothing of a delivery that has ended", { timeout: timeoutMs }, async () => {
  const receiver = createServer((request, response) => {
    request.resume();
    response.writeHead(204).end();
  }).listen(0, "127.0.0.1");
  await once(receiver, "listening");
  const { port } = receiver.address() as AddressInfo;
  const events = ["memory.learning.completed"] as const;
  const webhook = { url: `http://127.0.0.1:${port}/`, events, enabled: true, secret: "whsec_AAAA" };
  for (const org of orgs)
    await saveMainWebhook(database, org, { ...webhook, id: newId() as WebhookId }, true);
  const sender = startWebhookSender(database, log, { ...webhookDefaults, allowPrivate: true });
  const bytes = await measure(async (count) => {
    await database.query(
      `insert into memlane.webhook_delivery (id, org_id, webhook_id, job_id, event, body)
       select gen_random_uuid(), org_id, id, gen_random_uuid(), 'memory.learning.completed', '{}'
       from generate_series(1, $1) as number join memlane.webhook on org_id = ($2::text[])[1 + number % 5]`,
      [count, orgs],
    );
    await untilNone("webhook_delivery", "'pending'");
  });
  await sender.stop();
  receiver.close();
  await database.query("delete from memlane.webhook");
  expect(bytes).toBeLessThan(bytesPerJob);
});

test(
  "a server keeps nothing of a job that was sent, awaited, and read with a job token",
  { timeout: timeoutMs },
  async () => {
    const settings = readEnvironment({
      DATABASE_URL: url,
      MEMLANE_PORT: "0",
      MEMLANE_WORKER_CONCURRENCY: "16",
      MEMLANE_BOOTSTRAP_KEYS: "org:a-key-for-the-heap",
    });
    const server = await startServer(settings, log);
    const headers = { authorization: "Bearer a-key-for-the-heap", "content-type": "application/json" };
    const body = JSON.stringify({ memories: [{ content: " " }] }); // an item that is not stored
    const job = z.object({ id: z.string(), status: z.literal("completed") });
    const post = async (path: string, sent: string) =>
      (await fetch(server.url + path, { method: "POST", headers, body: sent })).json();
    const first = job.parse(await post("/v1/batch?wait=true", body));
    const { token } = z.object({ token: z.string() }).parse(await post(`/v1/jobs/${first.id}/token`, "{}"));
    const bearer = { authorization: `Bearer ${token}` };
    const bytes = await measure(async (count) => {
      let left = count;
      const lane = async () => {
        while ((left -= 1) >= 0) {
          const { id } = job.parse(await post("/v1/batch?wait=true", body));
          await (await fetch(`${server.url}/v1/batch/${id}`, { headers })).arrayBuffer();
          const read = await fetch(`${server.url}/v1/jobs/${first.id}?wait=true`, { headers: bearer });
          job.parse(await read.json());
        }
      };
      await Promise.all(Array.from({ length: 16 }, lane));
    });
    await server.close();
    expect(bytes).toBeLessThan(bytesPerJob);
  },
);
