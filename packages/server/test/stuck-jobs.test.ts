// Jobs that hang, ignore the signal to stop, or kill their worker, on a real PostgreSQL.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Job, JobId } from "@memlane/core";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Database } from "../src/database/database.ts";
import { openEmbeddedPostgres, type EmbeddedPostgres } from "../src/embedded/embedded-postgres.ts";
import { createLogger } from "../src/logging/logger.ts";
import { newId } from "../src/base/new-id.ts";
import { claimJobs } from "../src/store/claim-jobs.ts";
import { succeedIngest } from "../src/jobs/end-job.ts";
import { insertJob, readJob } from "./jobs.ts";
import { openDatabase } from "../src/open-database.ts";
import { insertOrg } from "../src/store/orgs.ts";
import { openJobSignals } from "../src/jobs/job-signals.ts";
import type { RunJob } from "../src/worker/leased-run.ts";
import { startWorker, type Worker, type WorkerOptions } from "../src/worker/worker.ts";
import type { Doing } from "./doomed-worker.ts";
import { workerDefaults } from "./default-options.ts";

const log = createLogger("silent");
let directory: string;
let postgres: EmbeddedPostgres;
let database: Database;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "memlane-stuck-"));
  postgres = await openEmbeddedPostgres({ directory, as: "owner", log });
  database = await openDatabase({ databaseUrl: postgres.url, dataDirectory: "", as: "owner", log });
  await insertOrg(database, "org");
}, 30_000);
afterAll(async () => {
  await database.close();
  await postgres.close();
  await rm(directory, { recursive: true, force: true });
});
beforeEach(() => database.query("delete from memlane.job"));

const enqueue = (request: unknown = {}) =>
  insertJob(database, { id: newId() as JobId, orgId: "org", kind: "ingest", request, received: 0 });
const read = (id: JobId) => readJob(database, "org", id);
const untilEnded = (id: JobId, timeout = 20_000) =>
  expect
    .poll(() => read(id), { timeout })
    .toMatchObject({ state: expect.stringMatching(/succeeded|failed/) });
const result = { created: [], updated: [], supersededBy: {}, stageTimings: {}, ignoredGroupIds: [] };

/** Runs a worker while `during` runs. */
async function withWorker(
  runJob: RunJob,
  options: Partial<WorkerOptions>,
  during: (worker: Worker) => Promise<void>,
): Promise<void> {
  const signals = await openJobSignals(database);
  const worker = startWorker({
    database,
    signals,
    runJob,
    log,
    ...workerDefaults,
    concurrency: 1,
    ...options,
  });
  try {
    await during(worker);
  } finally {
    await worker.stop();
    await signals.close();
  }
}

describe("a job that ignores every signal", () => {
  test("fails as timed out after its last attempt, and its later writes are refused", async () => {
    const signals: AbortSignal[] = [];
    const writeLater: (() => Promise<Job | undefined>)[] = [];
    const { id } = await enqueue();
    await withWorker(
      (job, signal) => {
        signals.push(signal);
        writeLater.push(() => succeedIngest(database, job, result));
        return new Promise(() => {});
      },
      { attemptMs: 50, maximumAttempts: 2 },
      () => untilEnded(id),
    );
    const failed = await read(id);
    expect(failed).toMatchObject({
      state: "failed",
      failure: {
        code: "timed_out",
        message: "the job did not end within the 0.05 s that an attempt may take",
      },
    });
    expect(signals.map(({ aborted }) => aborted)).toEqual([true, true]);
    expect(await Promise.all(writeLater.map((write) => write()))).toEqual([undefined, undefined]);
    expect(await read(id)).toEqual(failed);
  });

  test("frees its place when the attempt times out", async () => {
    const stuck = await enqueue("hang");
    const other = await enqueue("work");
    await withWorker(
      (job) => (job.request === "hang" ? new Promise(() => {}) : succeedIngest(database, job, result)),
      { attemptMs: 50 },
      () => untilEnded(other.id),
    );
    expect(await read(stuck.id)).toMatchObject({ state: "active" });
  });

  test("does not keep a worker from stopping: it goes back to the queue, and the attempt does not count", async () => {
    const { id } = await enqueue();
    let begin = () => {};
    const begun = new Promise<void>((resolve) => (begin = resolve));
    const hang = () => (begin(), new Promise<undefined>(() => {}));
    await withWorker(hang, { drainMs: 50, leaseMs: 600_000 }, async (worker) => {
      await begun;
      await worker.stop();
    });
    expect(await claimJobs(database, 1, 1000)).toMatchObject([{ id, attempts: 1, isSuspect: false }]);
  });

  test("frees its place when its lease is lost, before the attempt times out", async () => {
    const { id } = await enqueue();
    let begin = () => {};
    const begun = new Promise<void>((resolve) => (begin = resolve));
    const aborted: boolean[] = [];
    await withWorker(
      (job, signal) => {
        if (job.isSuspect) return succeedIngest(database, job, result);
        begin();
        signal.addEventListener("abort", () => aborted.push(true));
        return new Promise(() => {});
      },
      { leaseMs: 150 },
      async () => {
        await begun;
        // Like after a pause of this process, in which another process claimed the job and lost it.
        await database.query("update memlane.job set lease_id = gen_random_uuid(), due_at = now()");
        await untilEnded(id);
      },
    );
    expect(aborted).toEqual([true]);
  });
});

test("renewals of a job whose row is locked use one connection", async () => {
  const leaseMs = 60;
  const { id } = await enqueue();
  const waiting: number[] = [];
  const countRenewals = async () => {
    const [row] = await database.query<{ count: number }>(
      `select count(*)::integer from pg_stat_activity
       where state = 'active' and wait_event_type = 'Lock' and query like 'update memlane.job%set due_at%'`,
    );
    waiting.push(row!.count);
  };
  await withWorker(
    async (job) => {
      await database.transaction(async (sql) => {
        await sql.query("select from memlane.job where id = $1 for update", [job.id]);
        const untilMs = performance.now() + 10 * leaseMs;
        while (performance.now() < untilMs) await countRenewals();
      });
      return succeedIngest(database, job, result);
    },
    { leaseMs },
    () => untilEnded(id),
  );
  expect(Math.max(...waiting)).toBe(1);
});

test("jobs that always kill or block their worker fail with the reason, and no other job fails with them", async () => {
  const doings: Doing[] = ["work", "kill the worker", "work", "block the worker"];
  const jobs = await Promise.all(doings.map(enqueue));
  let deaths = 0;
  let isOver = false;
  let child: ReturnType<typeof spawn> | undefined;
  const supervise = async () => {
    while (!isOver) {
      child = spawn(process.execPath, [
        fileURLToPath(new URL("doomed-worker.ts", import.meta.url)),
        postgres.url,
      ]);
      const [, signal] = await once(child, "exit");
      if (!isOver && signal === "SIGKILL") deaths += 1;
      else if (!isOver) throw new Error("the worker ended by itself");
    }
  };
  const supervising = supervise();
  try {
    await Promise.race([supervising, Promise.all(jobs.map(({ id }) => untilEnded(id, 100_000)))]);
  } finally {
    isOver = true;
    child?.kill();
    await supervising;
  }
  const ends = await Promise.all(jobs.map(({ id }) => read(id)));
  const lost = {
    state: "failed",
    failure: { message: "gave up after 2 attempts: the worker was lost while it ran this job alone" },
  };
  expect(ends).toMatchObject([{ state: "succeeded" }, lost, { state: "succeeded" }, lost]);
  expect(deaths).toBeGreaterThanOrEqual(3); // the first attempt together, then each alone
}, 120_000);
