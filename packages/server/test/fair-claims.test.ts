// The import of one organisation does not delay another's single job.
import type { JobId } from "@memlane/core";
import { startTestServer } from "@memlane/server/testing";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Database } from "../src/database/database.ts";
import { newId } from "../src/base/new-id.ts";
import { claimJobs } from "../src/store/claim-jobs.ts";
import { createLogger } from "../src/logging/logger.ts";
import { succeedIngest } from "../src/jobs/end-job.ts";
import { putBackJob } from "../src/store/leased-jobs.ts";
import { insertJobs } from "../src/store/insert-jobs.ts";
import { insertJob } from "./jobs.ts";
import { insertOrg } from "../src/store/orgs.ts";
import { openJobSignals } from "../src/jobs/job-signals.ts";
import { startWorker } from "../src/worker/worker.ts";
import { batch, ingest, send } from "./http.ts";
import { openTestDatabase } from "./test-database.ts";
import { jobDefaults, workerDefaults } from "./default-options.ts";

const minuteMs = 60_000;
const result = { created: [], updated: [], supersededBy: {}, stageTimings: {}, ignoredGroupIds: [] };

describe("a claim", () => {
  let database: Database;
  beforeAll(async () => {
    database = await openTestDatabase();
    for (const org of ["a", "b", "c", "d"]) await insertOrg(database, org);
  }, 30_000);
  afterAll(() => database.close());

  const enqueue = async (orgId: string, count: number) => {
    for (let index = 0; index < count; index += 1) {
      await insertJob(database, { id: newId() as JobId, orgId, kind: "ingest", request: {}, received: 0 });
    }
  };

  test("goes to the organisation with the fewest running jobs", () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ running: fc.nat(3), waiting: fc.nat(6) }), { minLength: 1, maxLength: 4 }),
        fc.integer({ min: 1, max: 8 }),
        async (orgs, limit) => {
          await database.query("delete from memlane.job");
          const leased = new Map(orgs.map(({ running }, index) => ["abcd"[index]!, running]));
          for (const [org, running] of leased) {
            await enqueue(org, running);
            await claimJobs(database, 10, minuteMs);
          }
          for (const [index, { waiting }] of orgs.entries()) await enqueue("abcd"[index]!, waiting);

          const claimed = await claimJobs(database, limit, minuteMs);
          const totalWaiting = orgs.reduce((sum, { waiting }) => sum + waiting, 0);
          expect(claimed.length).toBe(Math.min(limit, totalWaiting));
          const left = new Map(orgs.map(({ waiting }, index) => ["abcd"[index]!, waiting]));
          for (const { orgId } of claimed) {
            left.set(orgId, left.get(orgId)! - 1);
            leased.set(orgId, leased.get(orgId)! + 1);
          }
          // An organisation that got a job has at most one more than any that still waits.
          const got = new Set(claimed.map(({ orgId }) => orgId));
          for (const winner of got) {
            for (const [other, waiting] of left) {
              if (waiting > 0) expect(leased.get(winner)!).toBeLessThanOrEqual(leased.get(other)! + 1);
            }
          }
        },
      ),
      { numRuns: 40 },
    ));

  test("reads few rows, however many jobs wait or have ended", async () => {
    await database.query("delete from memlane.job");
    await database.query(
      `insert into memlane.job (id, org_id, kind, state, request, result, expires_at)
       select gen_random_uuid(), 'a', 'ingest', 'succeeded', '{}', '{}', now() + interval '1 day' from generate_series(1, 12000)`,
    );
    await database.query(
      `insert into memlane.job (id, org_id, kind, request)
       select gen_random_uuid(), 'a', 'ingest', '{}' from generate_series(1, 4000)`,
    );
    await database.query("analyze memlane.job");
    await database.transaction(async (sql) => {
      // The statistics of this connection.
      const readWholeTables = async () => {
        const [row] = await sql.query<{ readonly scans: number }>(
          "select pg_stat_get_xact_numscans('memlane.job'::regclass)::integer as scans",
        );
        return row!.scans;
      };
      const before = await readWholeTables();
      expect(await claimJobs(sql, 4, minuteMs)).toHaveLength(4);
      expect(await readWholeTables()).toBe(before);
    });
  });

  test("takes the oldest job of the next organisation among those with equally many running jobs", async () => {
    await database.query("delete from memlane.job");
    await enqueue("a", 2);
    await enqueue("b", 1);
    const [first] = await claimJobs(database, 1, minuteMs);
    expect(first).toMatchObject({ orgId: "a", attempts: 1, claimedThrough: "a" });
    await putBackJob(database, first!);
    const [second] = await claimJobs(database, 1, minuteMs, "a");
    expect(second).toMatchObject({ orgId: "b" });
    await putBackJob(database, second!);
    const [third] = await claimJobs(database, 1, minuteMs, "b");
    expect(third).toMatchObject({ id: first!.id, attempts: 1 }); // back at its place, without a counted attempt
  });
});

test("if there are more organisations than a claim compares, each gets a turn before any gets its second", async () => {
  const database = await openTestDatabase();
  const orgs = Array.from({ length: 250 }, (_, index) => `org-${index}`);
  for (const org of orgs) {
    await insertOrg(database, org);
    const jobs = Array.from({ length: 3 }, () => ({
      job: { id: newId() as JobId, orgId: org, kind: "ingest" as const, request: {}, received: 0 },
      json: "{}",
    }));
    await insertJobs(database, jobs, jobDefaults.keepHours);
  }
  const places = 16;
  const signals = await openJobSignals(database);
  const served: string[] = [];
  const { promise: done, resolve } = Promise.withResolvers<void>();
  const worker = startWorker({
    database,
    signals,
    runJob: async (job) => {
      if (served.push(job.orgId) === orgs.length * 3) resolve();
      return succeedIngest(database, job, result);
    },
    log: createLogger("silent"),
    ...workerDefaults,
    concurrency: places,
  });
  await done;
  await worker.stop();
  await signals.close();
  await database.close();
  for (const round of [0, 1, 2]) {
    const inRound = new Set(served.slice(round * orgs.length, (round + 1) * orgs.length));
    expect(inRound.size).toBeGreaterThan(orgs.length - places); // the last claim of a round includes the first of the next
  }
});

test("a single job is done at once while another organisation imports 100,000 memories", async () => {
  const environment = {
    MEMLANE_BOOTSTRAP_KEYS: "big:key-of-the-big-org,small:key-of-the-small-org",
    MEMLANE_WORKER_CONCURRENCY: "1", // the worst case: only one place, and it is busy
  };
  const server = await startTestServer({ environment });
  const big = { apiKey: "key-of-the-big-org", orgId: "big" };
  const small = { apiKey: "key-of-the-small-org", orgId: "small" };
  try {
    const learn = async (user: number) => {
      const job = await send(server, "POST /v1/memories?wait=true", ingest(small), {
        messages: [{ role: "user", content: "I live in Rome." }],
        user_id: `${user}`,
        conv_id: "c",
      });
      expect(job.body.status).toBe("succeeded");
    };
    await learn(0); // starts a pipeline thread, which takes seconds on a busy machine
    const memories = Array.from({ length: 500 }, (_, index) => ({
      content: `memory ${index}`,
      user_id: "u",
    }));
    const batches = await Promise.all(
      Array.from({ length: 200 }, () => send(server, "POST /v1/batch", batch(big), { memories })),
    );
    expect(batches.map(({ status }) => status)).toEqual(batches.map(() => 202));

    const waitedMs: number[] = [];
    for (let user = 1; user <= 10; user += 1) {
      const startedMs = performance.now();
      await learn(user);
      waitedMs.push(Math.round(performance.now() - startedMs));
    }
    const last = await send(server, `GET /v1/batch/${batches.at(-1)!.body.id}`, batch(big));
    console.info(`single jobs beside 200 batches of 500, one worker slot: ${waitedMs.join(", ")} ms`);
    expect(last.body.status).toBe("pending"); // the import was still running
    expect(Math.max(...waitedMs)).toBeLessThan(3000);
  } finally {
    await server.stop();
  }
}, 60_000);
