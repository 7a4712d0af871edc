// The log of a job's attempts, which the SQL statement that ends an attempt writes.
import type { JobId } from "@memlane/core";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { newId } from "../src/base/new-id.ts";
import type { Database } from "../src/database/database.ts";
import { cancelJobs, failJob } from "../src/jobs/end-job.ts";
import { claimJobs } from "../src/store/claim-jobs.ts";
import { readAttempts } from "../src/store/job-contents.ts";
import { succeedBatch } from "../src/jobs/end-job.ts";
import { advanceBatch, giveBackJob, putBackJob } from "../src/store/leased-jobs.ts";
import { insertOrg } from "../src/store/orgs.ts";
import { insertJob } from "./jobs.ts";
import { openTestDatabase } from "./test-database.ts";

const minuteMs = 60_000;
const busy = { delayMs: 0, isCounted: true, code: "unavailable", reason: "the model is busy" };
const failure = { type: "server_error", code: "timed_out", message: "too slow" };
let database: Database;
let id: JobId;
beforeAll(async () => {
  database = await openTestDatabase();
  await insertOrg(database, "org");
});
afterAll(() => database.close());
beforeEach(async () => {
  await database.query("delete from memlane.job");
  id = newId() as JobId;
  const request = [{ content: "x" }];
  await insertJob(database, { id, orgId: "org", kind: "batch", request, received: 1 });
});

const claim = async (leaseMs = minuteMs) => {
  const [job] = await claimJobs(database, 1, leaseMs);
  return job!;
};
const read = async () => (await readAttempts(database, "org", id))!;

test("a job that was never claimed has no attempts", async () => {
  expect(await read()).toMatchObject({ attempts: [], runningSince: null, waitedMs: null });
});

test("while an attempt runs, the log shows since when, and how long the job had waited", async () => {
  await claim();
  const { runningSince, waitedMs, enqueuedAt } = await read();
  expect(Math.abs(waitedMs! - (runningSince!.getTime() - enqueuedAt.getTime()))).toBeLessThanOrEqual(1);
});

describe("an attempt that has ended is in the log:", () => {
  test("one that failed, with its error, its stages and the next try, and the one after it", async () => {
    const stages = [{ name: "extract", at: 1, ms: 20 }];
    await giveBackJob(database, await claim(), { ...busy, stages });
    const { waitedMs } = await read();
    await failJob(database, await claim(), failure);
    expect(await read()).toMatchObject({
      attempts: [
        {
          number: 1,
          outcome: "failed",
          error: { code: "unavailable", message: "the model is busy" },
          next_try_at: expect.any(String),
          stages,
        },
        {
          number: 2,
          outcome: "failed",
          error: { code: "timed_out", message: "too slow" },
          next_try_at: null,
        },
      ],
      runningSince: null,
      waitedMs,
    });
  });

  test("one whose worker was lost", async () => {
    await claim(0);
    await claim();
    const { attempts, runningSince } = await read();
    expect(attempts).toMatchObject([{ number: 1, outcome: "lost", error: { code: "server_error" } }]);
    expect(runningSince).not.toBeNull();
  });

  test("one that was cancelled; a cancellation while the job waits adds none", async () => {
    await giveBackJob(database, await claim(), busy);
    await cancelJobs(database, "org", [id]);
    expect((await read()).attempts).toMatchObject([{ outcome: "failed" }]);
    const other = newId() as JobId;
    await insertJob(database, { id: other, orgId: "org", kind: "batch", request: [], received: 0 });
    await claim();
    await cancelJobs(database, "org", [other]);
    expect((await readAttempts(database, "org", other))?.attempts).toMatchObject([{ outcome: "cancelled" }]);
  });

  test("one for a batch that gave its place back in between", async () => {
    await putBackJob(database, await claim());
    const { runningSince } = await read();
    expect(runningSince).toBeNull();
    const again = await claim();
    await advanceBatch(database, again, 1, []);
    await succeedBatch(database, again);
    expect((await read()).attempts).toMatchObject([{ number: 1, outcome: "succeeded" }]);
  });
});

test("the log keeps the first attempt and the last nineteen", async () => {
  for (let attempt = 0; attempt < 25; attempt += 1) await giveBackJob(database, await claim(), busy);
  const numbers = (await read()).attempts.map(({ number }) => number);
  expect(numbers).toEqual([1, ...Array.from({ length: 19 }, (_, index) => index + 7)]);
});
