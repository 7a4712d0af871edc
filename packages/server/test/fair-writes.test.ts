// Writes, locks and large bodies of one organisation do not delay other organisations; on a real
// PostgreSQL.
import { MemlaneError, type JobId, type MemoryId } from "@memlane/core";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Database } from "../src/database/database.ts";
import { newId } from "../src/base/new-id.ts";
import { createCoalescedJobs } from "../src/jobs/coalesced-jobs.ts";
import { lockOrgs } from "../src/store/lock-orgs.ts";
import { noLimits } from "../src/store/limits.ts";
import { insertOrg } from "../src/store/orgs.ts";
import { createWriteMemory } from "../src/memories/write-memory.ts";
import { openTestDatabase } from "./test-database.ts";
import { jobDefaults } from "./default-options.ts";

let database: Database;
beforeAll(async () => {
  database = await openTestDatabase();
  for (const org of ["acme", "evil"]) await insertOrg(database, org);
}, 30_000);
afterAll(() => database.close());

const limits = { ...noLimits, writesPerMonth: 1_000_000, unfinishedJobs: 1_000_000 };
const jobOf = (orgId: string, request: unknown = {}) =>
  ({ id: newId() as JobId, orgId, kind: "batch", request, received: 1 }) as const;

/** Locks an organisation, like a worker's transaction, until the returned function is called. */
async function lockUntilReleased(orgId: string): Promise<() => Promise<void>> {
  const { promise: released, resolve: release } = Promise.withResolvers<void>();
  const { promise: locked, resolve: hasLocked } = Promise.withResolvers<void>();
  const holding = database.transaction(async (sql) => {
    await sql.query("set local idle_in_transaction_session_timeout = 0");
    await lockOrgs(sql, [orgId]);
    hasLocked();
    await released;
  });
  await locked;
  return async () => {
    release();
    await holding;
  };
}

/** Whether a promise is settled already. */
const isSettled = async (promise: Promise<unknown>) =>
  Promise.race([
    promise.then(
      () => true,
      () => true,
    ),
    new Promise((resolve) => setImmediate(resolve, false)),
  ]);

test("jobs of a locked organisation wait, and those of other organisations do not", async () => {
  const jobs = createCoalescedJobs(database, jobDefaults);
  const release = await lockUntilReleased("evil");
  const waiting = Array.from({ length: 20 }, () => jobs.insertOnce(jobOf("evil"), undefined, limits));
  for (let round = 0; round < 20; round += 1)
    expect(await jobs.insertOnce(jobOf("acme"), undefined, limits)).toMatchObject({ state: "queued" });
  expect(await isSettled(Promise.race(waiting))).toBe(false);
  await release();
  expect(await Promise.all(waiting)).toHaveLength(20);
});

test("memories of a locked organisation wait, and those of other organisations do not", async () => {
  const write = createWriteMemory(database);
  const memoryOf = () => ({ id: newId() as MemoryId, type: "fact", text: "x" }) as const;
  const release = await lockUntilReleased("evil");
  const waiting = write(database, { orgId: "evil", limits, memory: memoryOf(), keyed: undefined });
  expect(
    await write(database, { orgId: "acme", limits, memory: memoryOf(), keyed: undefined }),
  ).toMatchObject({ text: "x" });
  expect(await isSettled(waiting)).toBe(false);
  await release();
  expect(await waiting).toMatchObject({ text: "x" });
});

test("a request that waits too long for its organisation is refused with Retry-After and stores nothing", async () => {
  const jobs = createCoalescedJobs(database, jobDefaults);
  const release = await lockUntilReleased("evil");
  const job = jobOf("evil");
  const refusal = await jobs.insertOnce(job, undefined, limits).catch((error: unknown) => error);
  await release();
  expect(MemlaneError.is(refusal) && refusal).toMatchObject({ code: "unavailable", retryAfterMs: 1000 });
  expect(await jobs.readAny("evil", job.id)).toBeUndefined();
}, 30_000);

test("a small request does not wait for twenty large bodies of another organisation", async () => {
  const jobs = createCoalescedJobs(database, jobDefaults);
  const large = { text: "x".repeat(4 * 1024 * 1024) };
  let ended = 0;
  const heavy = Array.from({ length: 20 }, () =>
    jobs.insertOnce(jobOf("evil", large), undefined).then(() => (ended += 1)),
  );
  for (let round = 0; round < 5; round += 1) {
    const before = ended;
    await jobs.insertOnce(jobOf("acme"), undefined);
    expect(ended - before).toBeLessThanOrEqual(3);
  }
  expect(ended).toBeLessThan(20);
  await Promise.all(heavy);
});
