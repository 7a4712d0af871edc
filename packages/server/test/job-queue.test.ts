// The table of jobs as a queue, on a real PostgreSQL.
import { setTimeout as sleep } from "node:timers/promises";
import type { JobId } from "@memlane/core";
import { afterAll, assert, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Database } from "../src/database/database.ts";
import { createLogger } from "../src/logging/logger.ts";
import { newId } from "../src/base/new-id.ts";
import { claimJobs } from "../src/store/claim-jobs.ts";
import { cancelJobs, failJob, succeedBatch, succeedIngest } from "../src/jobs/end-job.ts";
import { listJobs } from "../src/store/list-jobs.ts";
import {
  advanceBatch,
  beginAlone,
  giveBackJob,
  lockBatchProgress,
  passOnJob,
  putBackJob,
  renewLease,
} from "../src/store/leased-jobs.ts";
import { isOfKind } from "../src/store/job-row.ts";
import { insertJobs } from "../src/store/insert-jobs.ts";
import { deleteExpiredJobs } from "../src/store/jobs.ts";
import { insertJob, readJob } from "./jobs.ts";
import { readRecentDurations } from "../src/store/recent-durations.ts";
import { shortenWaits } from "../src/store/shorten-waits.ts";
import { insertOrg } from "../src/store/orgs.ts";
import { openJobSignals } from "../src/jobs/job-signals.ts";
import type { RunJob } from "../src/worker/leased-run.ts";
import { startWorker, type WorkerOptions } from "../src/worker/worker.ts";
import { openTestDatabase } from "./test-database.ts";
import { workerDefaults } from "./default-options.ts";

const log = createLogger("silent");
let database: Database;
beforeAll(async () => {
  database = await openTestDatabase();
  await insertOrg(database, "org");
}, 30_000);
afterAll(() => database.close());
beforeEach(() => database.query("delete from memlane.job"));

const enqueue = (kind: "ingest" | "batch" = "ingest", received = 0) =>
  insertJob(database, { id: newId() as JobId, orgId: "org", kind, request: {}, received });
const result = { created: [], updated: [], supersededBy: {}, stageTimings: {}, ignoredGroupIds: [] };
const failure = { type: "server_error", code: "ingest_failed", message: "no" };
const minuteMs = 60_000;

test.each(["ingest", "batch"] as const)(
  "a cancelled %s refuses further writes of its worker, and no other worker claims it",
  async (kind) => {
    const { id } = await enqueue(kind, kind === "batch" ? 3 : 0);
    const [job] = await claimJobs(database, 1, minuteMs);
    if (kind === "batch") await advanceBatch(database, job!, 1, []);
    expect(await cancelJobs(database, "org", [id])).toEqual([id]);
    const cancelled = await readJob(database, "org", id);
    expect(cancelled).toMatchObject({ state: "failed", failure: { code: "cancelled" } });
    expect([
      await renewLease(database, job!, minuteMs),
      await succeedIngest(database, job!, result),
      await succeedBatch(database, job!),
      await failJob(database, job!, failure),
      await lockBatchProgress(database, job!),
    ]).toEqual([false, undefined, undefined, undefined, undefined]);
    await giveBackJob(database, job!, { delayMs: 0, isCounted: true, code: "unavailable", reason: "busy" });
    expect(await claimJobs(database, 1, minuteMs)).toEqual([]);
    expect(await readJob(database, "org", id)).toEqual(cancelled);
    expect(await cancelJobs(database, "org", [id])).toEqual([]);
  },
);

test("a cancellation waits for the step that is being committed, and its counters include it", async () => {
  const { id } = await enqueue("batch", 3);
  const [job] = await claimJobs(database, 1, minuteMs);
  const cancelling: Promise<unknown>[] = [];
  await database.transaction(async (sql) => {
    await lockBatchProgress(sql, job!);
    cancelling.push(cancelJobs(database, "org", [id]));
    await advanceBatch(sql, job!, 2, []);
  });
  expect(await cancelling[0]).toEqual([id]);
  expect(await readJob(database, "org", id)).toMatchObject({ state: "failed", imported: 2 });
});

describe("a claim", () => {
  test("takes jobs whose delay is over first, then new ones in order of creation", async () => {
    const jobs = [await enqueue(), await enqueue(), await enqueue()];
    await database.query("update memlane.job set due_at = now() - interval '1 second' where id = $1", [
      jobs[1]!.id,
    ]);
    for (const { id } of [jobs[1]!, jobs[0]!, jobs[2]!]) {
      expect(await claimJobs(database, 1, minuteMs)).toMatchObject([{ id }]);
      expect(await readJob(database, "org", id)).toMatchObject({ state: "active" });
    }
  });

  test("gives each job to one worker, however many claim at once", async () => {
    const jobs = [await enqueue(), await enqueue(), await enqueue()];
    const claims = await Promise.all(Array.from({ length: 6 }, () => claimJobs(database, 1, minuteMs)));
    const ids = claims.flat().map(({ id }) => id);
    expect(ids.toSorted()).toEqual(jobs.map(({ id }) => id));
  });

  test("takes a job whose lease has run out, and its previous worker can write no more", async () => {
    const { id } = await enqueue("batch", 3);
    const [lost] = await claimJobs(database, 1, 1);
    await sleep(10);
    const [leased] = await claimJobs(database, 1, minuteMs);
    expect(leased).toMatchObject({ id, attempts: 0, interruptions: 1, isSuspect: true });

    expect(await renewLease(database, lost!, minuteMs)).toBe(false);
    expect(await lockBatchProgress(database, lost!)).toBeUndefined();
    expect(await succeedBatch(database, lost!)).toBeUndefined();
    expect(await failJob(database, lost!, failure)).toBeUndefined();
    await advanceBatch(database, lost!, 3, []);
    await giveBackJob(database, lost!, { delayMs: 0, isCounted: true, code: "unavailable", reason: "busy" });
    expect(await readJob(database, "org", id)).toMatchObject({ state: "active", imported: 0 });
    expect(await renewLease(database, leased!, minuteMs)).toBe(true);
  });

  test("waits for a job that was given back with a delay", async () => {
    await enqueue();
    const [job] = await claimJobs(database, 1, minuteMs);
    await giveBackJob(database, job!, { delayMs: 100, isCounted: true, code: "unavailable", reason: "busy" });
    expect(await claimJobs(database, 1, minuteMs)).toEqual([]);
    await sleep(120);
    expect(await claimJobs(database, 1, minuteMs)).toMatchObject([{ attempts: 2 }]);
  });
});

describe("a job with a failed attempt", () => {
  test.each(["ingest", "batch"] as const)("says why and when, until it ends: %s", async (kind) => {
    const { id } = await enqueue(kind, kind === "batch" ? 2 : 0);
    const read = () => readJob(database, "org", id);
    const [first] = await claimJobs(database, 1, minuteMs);
    expect(await read()).toMatchObject({ attempts: undefined, lastError: undefined });

    await giveBackJob(database, first!, {
      delayMs: minuteMs,
      isCounted: true,
      code: "unavailable",
      reason: "model busy",
    });
    const waiting = await read();
    expect(waiting).toMatchObject({ state: "active", attempts: 1, lastError: "model busy" });
    expect(waiting!.nextAttemptAt!.getTime()).toBeGreaterThan(Date.now());

    await database.query("update memlane.job set due_at = now() - interval '1 second'");
    const [second] = await claimJobs(database, 1, minuteMs);
    const again = { attempts: 2, lastError: "model busy", nextAttemptAt: undefined };
    expect(await read()).toMatchObject({ state: "active", ...again });

    if (kind === "batch") {
      await advanceBatch(database, second!, 2, []);
      expect(await read()).toMatchObject({ state: "active", attempts: undefined, lastError: undefined });
      await succeedBatch(database, second!);
    } else await succeedIngest(database, second!, result);
    expect(await read()).toMatchObject({
      state: "succeeded",
      attempts: undefined,
      lastError: undefined,
      nextAttemptAt: undefined,
    });
  });

  test("says that its worker was lost", async () => {
    const { id } = await enqueue();
    await claimJobs(database, 1, 0);
    await claimJobs(database, 1, minuteMs);
    expect(await readJob(database, "org", id)).toMatchObject({
      attempts: 1,
      lastError: "the worker was lost while it ran this job",
    });
  });
});

test("the durations of recent jobs are read by kind, the shortest first", async () => {
  for (const tookMs of [3000, 1000, 2000]) {
    const { id } = await enqueue();
    const [job] = await claimJobs(database, 1, minuteMs);
    await succeedIngest(database, job!, result);
    await database.query(
      "update memlane.job set created_at = updated_at - $2 * interval '1 millisecond' where id = $1",
      [id, tookMs],
    );
  }
  expect(await readRecentDurations(database)).toEqual({ ingest: [1000, 2000, 3000] });
  await database.query("update memlane.job set updated_at = updated_at - interval '61 seconds'");
  expect(await readRecentDurations(database)).toEqual({});
});

test("an ended job cannot change its state", async () => {
  const { id } = await enqueue();
  const [job] = await claimJobs(database, 1, minuteMs);
  expect(await succeedIngest(database, job!, result)).toEqual(await readJob(database, "org", job!.id));
  expect(await failJob(database, job!, failure)).toBeUndefined();
  expect(await claimJobs(database, 1, minuteMs)).toEqual([]);
  expect(await readJob(database, "org", id)).toMatchObject({ state: "succeeded" });
});

test("a batch cannot end before its last item", async () => {
  await enqueue("batch", 2);
  const [job] = await claimJobs(database, 1, minuteMs);
  await advanceBatch(database, job!, 1, []);
  await expect(succeedBatch(database, job!)).rejects.toThrow(/check constraint/);
});

describe("an ended job", () => {
  test("is kept for the time that was configured when it was accepted", async () => {
    const job = { id: newId() as JobId, orgId: "org", kind: "ingest", request: {}, received: 0 } as const;
    await insertJobs(database, [{ job, json: "{}" }], 48);
    const [claimed] = await claimJobs(database, 1, minuteMs);
    await succeedIngest(database, claimed!, result);
    const ended = await readJob(database, "org", job.id);
    assert(isOfKind(ended, "ingest"));
    expect(ended.expiresAt!.getTime() - ended.updatedAt.getTime()).toBe(48 * 3_600_000);
  });

  test("does not exist once it has expired, even before it is deleted; no unfinished job expires", async () => {
    const [ended, waiting] = [await enqueue(), await enqueue()];
    const [job] = await claimJobs(database, 1, minuteMs);
    await succeedIngest(database, job!, result);
    expect(await deleteExpiredJobs(database, 10)).toBe(0);
    await database.query("update memlane.job set expires_at = now() where id = $1", [ended.id]);
    expect(await readJob(database, "org", ended.id)).toBeUndefined();
    expect(await listJobs(database, "org", {}, { limit: 10, after: undefined })).toMatchObject({
      rows: [{ id: waiting.id }],
      hasMore: false,
    });
    expect(await deleteExpiredJobs(database, 10)).toBe(1);
    expect(await database.query("select id from memlane.job")).toEqual([{ id: waiting.id }]);
  });
});

describe("a clock that is set back by an hour", () => {
  // Later times in the rows have the same effect.
  const stepBack = () =>
    database.query(
      `update memlane.job
       set created_at = created_at + interval '1 hour', updated_at = updated_at + interval '1 hour',
         due_at = due_at + interval '1 hour'`,
    );

  test("delays no job that waits for its first attempt, or was put back", async () => {
    const jobs = [await enqueue(), await enqueue()];
    const [first] = await claimJobs(database, 1, minuteMs);
    await putBackJob(database, first!);
    await stepBack();
    const claimed = await claimJobs(database, 2, minuteMs);
    expect(new Set(claimed.map(({ id }) => id))).toEqual(new Set(jobs.map(({ id }) => id)));
  });

  test("extends a lease or a delay only until the next sweep", async () => {
    await enqueue();
    await enqueue();
    const [, delayed] = await claimJobs(database, 2, minuteMs);
    await giveBackJob(database, delayed!, {
      delayMs: minuteMs,
      isCounted: true,
      code: "unavailable",
      reason: "busy",
    });
    expect(await shortenWaits(database, minuteMs)).toBe(0);
    await stepBack();
    expect(await claimJobs(database, 2, minuteMs)).toEqual([]);
    expect(await shortenWaits(database, minuteMs)).toBe(2);
    expect(await claimJobs(database, 2, minuteMs)).toHaveLength(2);
  });
});

describe("a job whose worker died", () => {
  const lose = () => database.query("update memlane.job set due_at = now() where lease_id is not null");
  const claimOne = async () => (await claimJobs(database, 1, minuteMs))[0]!;

  test("counts no attempt that ran together with other jobs, and each attempt that it began alone", async () => {
    await enqueue();
    const counts: [number, boolean][] = [];
    for (let loss = 0; loss < 3; loss += 1) {
      const job = await claimOne();
      counts.push([job.attempts, job.isSuspect]);
      if (job.isSuspect) await beginAlone(database, job, minuteMs);
      await lose();
    }
    expect(counts).toEqual([
      [1, false],
      [0, true],
      [1, true],
    ]);
  });

  test("counts no attempt while it waits to begin", async () => {
    await enqueue();
    await claimOne();
    for (let loss = 0; loss < 3; loss += 1) {
      await lose();
      expect(await claimOne()).toMatchObject({ attempts: 0, interruptions: 1, isSuspect: true });
    }
    await passOnJob(database, await lose().then(claimOne));
    expect(await claimOne()).toMatchObject({ attempts: 0, interruptions: 1, isSuspect: true });
  });

  test("is no longer a suspect after it failed and its worker stayed alive", async () => {
    await enqueue();
    await claimOne();
    await lose();
    const alone = await beginAlone(database, await claimOne(), minuteMs);
    await giveBackJob(database, alone!, { delayMs: 0, isCounted: true, code: "unavailable", reason: "busy" });
    expect(await claimOne()).toMatchObject({ attempts: 2, isSuspect: false });
  });
});

describe("a worker", () => {
  /** Runs a worker until the job has ended, and returns the job. */
  async function work(runJob: RunJob, options: Partial<WorkerOptions>, workOn = database) {
    const { id } = await enqueue();
    const signals = await openJobSignals(database);
    const worker = startWorker({ database: workOn, signals, runJob, log, ...workerDefaults, ...options });
    try {
      return await expect
        .poll(() => readJob(database, "org", id))
        .toMatchObject({ state: expect.stringMatching(/succeeded|failed/) })
        .then(() => readJob(database, "org", id));
    } finally {
      await worker.stop();
      await signals.close();
    }
  }

  test("retries a failed job, and fails it with the reason after its last attempt", async () => {
    const attempts: number[] = [];
    const job = await work(
      async ({ attempts: attempt }) => {
        attempts.push(attempt);
        throw new Error("the extractor is out of ink");
      },
      { maximumAttempts: 2 },
    );
    expect(attempts).toEqual([1, 2]);
    expect(job).toMatchObject({
      state: "failed",
      failure: {
        type: "server_error",
        code: "ingest_failed",
        message: "the job could not be done: something went wrong on our side",
      },
    });
  });

  test("does not count an attempt that failed because of the database, and waits before the next", async () => {
    const attempts: number[] = [];
    const job = await work(
      async (claimed) => {
        attempts.push(claimed.attempts);
        if (attempts.length === 3) return succeedIngest(database, claimed, result);
        throw Object.assign(new Error("could not extend file"), { code: "53100" });
      },
      { maximumAttempts: 1 },
    );
    expect(attempts).toEqual([1, 1, 1]);
    expect(job).toMatchObject({ state: "succeeded" });
  });

  test("gives a job back when the database works again, so that it is not a suspect", async () => {
    let refusals = 2;
    const away: Database = {
      ...database,
      async query<Row>(...[statement, parameters]: Parameters<Database["query"]>) {
        const isGiveBack = typeof statement === "string" && statement.includes("lease_id = null");
        if (isGiveBack && (refusals -= 1) >= 0)
          throw Object.assign(new Error("connect ECONNREFUSED"), { code: "ECONNREFUSED" });
        return database.query<Row>(statement, parameters);
      },
    };
    const runs: [number, boolean][] = [];
    const job = await work(
      async (claimed) => {
        runs.push([claimed.attempts, claimed.isSuspect]);
        if (runs.length === 1) throw new Error("out of ink");
        return succeedIngest(database, claimed, result);
      },
      { leaseMs: minuteMs },
      away,
    );
    expect(job).toMatchObject({ state: "succeeded" });
    expect([refusals, runs]).toEqual([
      -1,
      [
        [1, false],
        [2, false],
      ],
    ]);
  });

  test("runs a suspect when the others have ended, and starts no other job meanwhile", async () => {
    const running = new Set<string>();
    const othersOf = new Map<string, number>();
    const jobs = await Promise.all(Array.from({ length: 12 }, () => enqueue()));
    const suspects = new Set(jobs.slice(3, 6).map(({ id }) => id));
    await database.query("update memlane.job set suspect = true where id = any ($1)", [[...suspects]]);
    await work(
      async (claimed) => {
        running.add(claimed.id);
        const share = () => {
          const others = running.size - 1;
          const isAffected = [...running].some((id) => suspects.has(id as JobId));
          if (isAffected) othersOf.set(claimed.id, Math.max(others, othersOf.get(claimed.id) ?? 0));
        };
        share();
        await sleep(20);
        share();
        running.delete(claimed.id);
        return succeedIngest(database, claimed, result);
      },
      { concurrency: 4 },
    );
    expect(new Set(othersOf.keys())).toEqual(suspects);
    expect([...othersOf.values()]).toEqual([0, 0, 0]);
  });

  test("runs jobs with large requests one at a time, and small ones meanwhile", async () => {
    const text = "x".repeat(3 * 1024 * 1024);
    for (let count = 0; count < 3; count += 1)
      await insertJob(database, {
        id: newId() as JobId,
        orgId: "org",
        kind: "ingest",
        request: { text },
        received: 0,
      });
    await enqueue();
    let large = 0;
    let mostLarge = 0;
    let smallBesideLarge = 0;
    const runJob: RunJob = async (job) => {
      const isLarge = (job.request as { text?: string }).text === text;
      if (isLarge) mostLarge = Math.max(mostLarge, (large += 1));
      else smallBesideLarge += 1;
      await sleep(50);
      if (isLarge) large -= 1;
      return succeedIngest(database, job, result);
    };
    const signals = await openJobSignals(database);
    const worker = startWorker({ database, signals, runJob, log, ...workerDefaults });
    await expect.poll(() => database.query("select from memlane.job where state <> 'succeeded'")).toEqual([]);
    await worker.stop();
    expect([mostLarge, smallBesideLarge]).toEqual([1, 1]);
  });

  test("renews the lease of a job that takes longer than its lease", async () => {
    let runs = 0;
    const job = await work(
      async (claimed) => {
        runs += 1;
        await sleep(500);
        return succeedIngest(database, claimed, result);
      },
      { leaseMs: 150 },
    );
    expect([runs, job?.state]).toEqual([1, "succeeded"]);
  });
});
