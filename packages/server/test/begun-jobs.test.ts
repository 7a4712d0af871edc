// Jobs that the worker of the same process begins without a claim, on a real PostgreSQL.
import { setTimeout as sleep } from "node:timers/promises";
import type { JobId } from "@memlane/core";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import type { Database } from "../src/database/database.ts";
import { createLogger } from "../src/logging/logger.ts";
import { newId } from "../src/base/new-id.ts";
import { createCoalescedJobs } from "../src/jobs/coalesced-jobs.ts";
import { succeedIngest } from "../src/jobs/end-job.ts";
import { openJobSignals } from "../src/jobs/job-signals.ts";
import { insertJobs } from "../src/store/insert-jobs.ts";
import type { ClaimedJob } from "../src/store/leased-jobs.ts";
import { insertOrg } from "../src/store/orgs.ts";
import { startWorker, type Worker } from "../src/worker/worker.ts";
import { jobDefaults, workerDefaults } from "./default-options.ts";
import { readJob } from "./jobs.ts";
import { openTestDatabase } from "./test-database.ts";

const log = createLogger("silent");
const result = { created: [], updated: [], supersededBy: {}, stageTimings: {}, ignoredGroupIds: [] };
const newJob = () => ({
  id: newId() as JobId,
  orgId: "org",
  kind: "ingest" as const,
  request: { text: "I live in Rome.\u0000", left_out: undefined },
  received: 0,
});

let database: Database;
beforeAll(async () => {
  database = await openTestDatabase();
  await insertOrg(database, "org");
}, 30_000);
afterAll(() => database.close());
beforeEach(() => database.query("delete from memlane.job"));
let stop = async () => {};
afterEach(() => stop());

/** A worker, and the writes of an API in the same process. */
async function startBoth(concurrency: number) {
  const signals = await openJobSignals(database);
  const ran: ClaimedJob[] = [];
  let [running, mostRunning, claimed] = [0, 0, 0];
  const query: Database["query"] = async (statement, values) => {
    const rows = await database.query<never>(statement, values);
    if (typeof statement === "object" && statement.name === "claim jobs") claimed += rows.length;
    return rows;
  };
  const worker = startWorker({
    ...workerDefaults,
    concurrency,
    database: { ...database, query },
    signals,
    log,
    async runJob(job) {
      ran.push(job);
      mostRunning = Math.max(mostRunning, (running += 1));
      await sleep(1);
      running -= 1;
      return succeedIngest(database, job, result);
    },
  });
  stop = async () => {
    await worker.stop();
    await signals.close();
  };
  await expect.poll(() => isIdle(worker)).toBe(true); // after its first claim
  return {
    jobs: createCoalescedJobs(database, {
      ...jobDefaults,
      reservePlace: worker.reservePlace,
      onQueued: signals.announceQueued,
    }),
    worker,
    ran,
    counts: () => ({ mostRunning, claimed }),
  };
}

function isIdle(worker: Worker): boolean {
  const place = worker.reservePlace();
  place?.release();
  return place !== undefined;
}

const untilEnded = () =>
  expect
    .poll(() => database.query("select from memlane.job where state in ('queued', 'active')"), {
      timeout: 20_000,
    })
    .toEqual([]);

test.each([
  ["without a key", false],
  ["under a key", true],
])(
  "a job %s is begun by an idle worker without a claim, and its client sees it queued first",
  { retry: 3 }, // the worker also claims once a second, and may do so at this moment
  async (_, isKeyed) => {
    const both = await startBoth(2);
    const job = newJob();
    const keyed = isKeyed ? { orgId: "org", key: newId(), fingerprint: "f" } : undefined;
    expect(await both.jobs.insertOnce(job, keyed)).toMatchObject({ id: job.id, state: "queued" });
    if (isKeyed) expect(await both.jobs.insertOnce(newJob(), keyed)).toBeUndefined();
    await untilEnded();
    expect(both.ran).toMatchObject([{ id: job.id, request: { text: job.request.text }, attempts: 1 }]);
    expect(both.counts()).toEqual({ mostRunning: 1, claimed: 0 });
    expect(await readJob(database, "org", job.id)).toMatchObject({ state: "succeeded" });
  },
);

test("each of many simultaneous jobs runs once, and no more run at a time than there are places", async () => {
  const both = await startBoth(3);
  const all = Array.from({ length: 60 }, newJob);
  await Promise.all(all.map((job) => both.jobs.insertOnce(job, undefined)));
  await untilEnded();
  expect(both.ran.map(({ id }) => id).toSorted()).toEqual(all.map(({ id }) => id).toSorted());
  expect(both.counts().mostRunning).toBeLessThanOrEqual(3);
  expect(both.counts().claimed).toBeGreaterThan(0);
});

test("a write that fails frees its place, and a worker that stops reserves none", async () => {
  const both = await startBoth(1);
  const failing = createCoalescedJobs(
    { ...database, query: () => Promise.reject(new Error("no database")) },
    { ...jobDefaults, reservePlace: both.worker.reservePlace },
  );
  await expect(failing.insertOnce(newJob(), undefined)).rejects.toThrow("no database");
  await sleep(0);
  const place = both.worker.reservePlace()!;
  expect(both.worker.reservePlace()).toBeUndefined();
  place.release();
  await stop();
  expect(both.worker.reservePlace()).toBeUndefined();
});

test("if the process dies right after the insert, another worker does the job when the lease has run out", async () => {
  const job = newJob();
  await insertJobs(database, [{ job, json: JSON.stringify(job.request), lease: { id: newId(), ms: 1 } }], 48);
  const both = await startBoth(2);
  await untilEnded();
  expect(both.ran).toMatchObject([{ id: job.id, attempts: 1, interruptions: 1, isSuspect: true }]);
});
