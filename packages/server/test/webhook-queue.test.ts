// The end of a job and its webhook delivery, on a real PostgreSQL.
import { setTimeout as sleep } from "node:timers/promises";
import { jobIds, webhookEventWire, type DeliveryId, type JobId, type WebhookId } from "@memlane/core";
import { learningEventCodec } from "@memlane/core/internal";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import * as z from "zod/mini";
import { cancelJobs, failJob, succeedBatch, succeedIngest } from "../src/jobs/end-job.ts";
import type { Database } from "../src/database/database.ts";
import { newId } from "../src/base/new-id.ts";
import { claimJobs } from "../src/store/claim-jobs.ts";
import { insertJob } from "./jobs.ts";
import { insertOrg } from "../src/store/orgs.ts";
import {
  claimDeliveries,
  deleteEndedDeliveries,
  listDeliveries,
  putBackDelivery,
  recordAttempt,
  replayDelivery,
} from "../src/store/webhook-deliveries.ts";
import { advanceBatch } from "../src/store/leased-jobs.ts";
import { insertWebhook, saveMainWebhook } from "../src/store/webhooks.ts";
import { openTestDatabase } from "./test-database.ts";

const minuteMs = 60_000;
const result = { created: [], updated: [], supersededBy: {}, stageTimings: {}, ignoredGroupIds: [] };
const failure = { type: "server_error", code: "ingest_failed", message: "out of ink" };
let database: Database;
beforeAll(async () => {
  database = await openTestDatabase();
  for (const org of ["org", "other"]) {
    await insertOrg(database, org);
    const events = ["memory.learning.completed", "memory.learning.failed"] as const;
    await saveMainWebhook(
      database,
      org,
      { id: newId() as WebhookId, url: "https://x.test/", events, enabled: true, secret: "whsec_AAAA" },
      false,
    );
  }
}, 30_000);
afterAll(() => database.close());
beforeEach(async () => {
  await database.query("delete from memlane.job");
  await database.query("delete from memlane.webhook_delivery");
});

const startJob = async (orgId = "org", kind: "ingest" | "batch" = "ingest") => {
  const request = { user_id: "u", conv_id: "c" };
  await insertJob(database, { id: newId() as JobId, orgId, kind, request, received: 0 });
  const [job] = await claimJobs(database, 1, minuteMs);
  return job!;
};
const endJob = async (orgId?: string) => succeedIngest(database, await startJob(orgId), result);
const claim = (limit: number, leaseMs = minuteMs, exceptOrgs: string[] = []) =>
  claimDeliveries(database, {
    limit,
    leaseMs,
    after: "",
    limitPerOrg: new Map(exceptOrgs.map((orgId) => [orgId, 0])),
    limitOfOthers: limit,
  });
const list = () => listDeliveries(database, "org", { limit: 10 });
const record = { state: "failed", delayMs: 0, responseStatus: 410, error: "gone" } as const;

test("a job that fails is reported with its reason, once", async () => {
  const job = await startJob();
  expect(await failJob(database, job, failure)).toMatchObject({ state: "failed", id: job.id });
  expect(await failJob(database, job, failure)).toBeUndefined();
  const [delivery, ...more] = await claim(10);
  expect(more).toEqual([]);
  const event = z.decode(learningEventCodec, JSON.parse(delivery!.body));
  expect(event).toMatchObject({
    event: "memory.learning.failed",
    job_id: job.id,
    conv_id: "c",
    error: failure,
  });
  expect(JSON.parse(delivery!.body).job_id).toBe(jobIds.print(job.id));
});

test("a job that is cancelled is reported as failed, once", async () => {
  const job = await startJob();
  expect(await cancelJobs(database, "org", [job.id])).toEqual([job.id]);
  expect(await cancelJobs(database, "org", [job.id])).toEqual([]);
  expect(await cancelJobs(database, "other", [job.id])).toEqual([]);
  expect(await succeedIngest(database, job, result)).toBeUndefined();
  const claimed = await claim(10);
  expect(claimed.map(({ body }) => JSON.parse(body))).toMatchObject([
    { event: "memory.learning.failed", job_id: jobIds.print(job.id), error: { reason: "cancelled" } },
  ]);
});

test("no delivery comes from a lost lease or a rolled-back end, or if no webhook asks for the event", async () => {
  const job = await startJob();
  expect(await succeedIngest(database, { ...job, leaseId: crypto.randomUUID() }, result)).toBeUndefined();
  const undone = database.transaction(async (sql) => {
    await succeedIngest(sql, job, result);
    throw new Error("undone");
  });
  await expect(undone).rejects.toThrow("undone");
  await failJob(database, await startJob("org", "batch"), failure);
  expect(await list()).toEqual([]);
});

test("each webhook that asks for it gets the end of a batch with its counts, in the order of jobs", async () => {
  const events = ["memory.batch.completed", "memory.batch.failed"] as const;
  const about = { url: "https://y.test/", events, enabled: true, secret: "whsec_BBBB" };
  const ids = [newId(), newId()] as WebhookId[];
  for (const id of ids) await insertWebhook(database, "org", { ...about, id });
  const batches = [
    await startJob("org", "batch"),
    await startJob("org", "batch"),
    await startJob("org", "batch"),
  ];
  const [done, failed, cancelled] = batches;
  await advanceBatch(database, done!, 0, []);
  await succeedBatch(database, done!);
  await failJob(database, failed!, failure);
  await cancelJobs(database, "org", [cancelled!.id]);
  const log = await list();
  expect(log.map(({ jobId }) => jobId)).toEqual(batches.toReversed().flatMap(({ id }) => [id, id]));
  expect(new Set(log.map(({ webhookId }) => webhookId))).toEqual(new Set(ids));
  const claimed = await claim(10);
  expect(new Set(claimed.map(({ secret }) => secret))).toEqual(new Set([about.secret]));
  const bodyOf = (id: JobId) =>
    claimed
      .map(({ body }) => webhookEventWire.parse(JSON.parse(body)))
      .find((event) => "job_id" in event && event.job_id === jobIds.print(id));
  expect(bodyOf(done!.id)).toMatchObject({ event: events[0], received: 0, imported: 0, failed: 0 });
  expect(bodyOf(failed!.id)).toMatchObject({ event: events[1], received: 0, error: failure });
  expect(bodyOf(cancelled!.id)).toMatchObject({ event: events[1], error: { code: "cancelled" } });
  await database.query("delete from memlane.webhook where id = any($1)", [ids]);
});

test("a claim takes each delivery once, and none of organisations without free places", async () => {
  for (const org of ["org", "other", "org"]) await endJob(org);
  const claims = await Promise.all([
    claim(1, minuteMs, ["other"]),
    claim(1, minuteMs, ["other"]),
    claim(5, minuteMs, ["other"]),
  ]);
  expect(claims.flat().map(({ orgId }) => orgId)).toEqual(["org", "org"]);
  expect(await claim(5)).toMatchObject([{ orgId: "other", attempts: 1 }]);
});

test("a claim takes repeated attempts first, then new deliveries, also after the clock was set back", async () => {
  for (let index = 0; index < 3; index += 1) await endJob();
  const [again] = await claim(1);
  await recordAttempt(database, again!, { ...record, state: "pending" });
  await database.query(
    `update memlane.webhook_delivery
     set created_at = created_at + interval '1 hour', updated_at = updated_at + interval '1 hour'`,
  );
  expect(await claim(1)).toMatchObject([{ id: again!.id, attempts: 2 }]);
  expect(await claim(5)).toMatchObject([{ attempts: 1 }, { attempts: 1 }]);
});

test("organisations take turns, each with a limited number of deliveries", async () => {
  for (const org of ["org", "org", "org", "other", "other"]) await endJob(org);
  const take = async (after: string, limit: number) => {
    const claimed = await claimDeliveries(database, {
      limit,
      leaseMs: minuteMs,
      after,
      limitPerOrg: new Map([["org", 1]]),
      limitOfOthers: 9,
    });
    return claimed.map(({ orgId }) => orgId);
  };
  expect(await take("", 2)).toEqual(["org", "other"]);
  expect(await take("org", 2)).toEqual(["other"]);
  expect(await take("other", 2)).toEqual([]);
  expect(await take("", 2)).toEqual(["org"]);
});

test("a delivery whose lease has run out is claimed again, and its previous sender can write no more", async () => {
  await endJob();
  const [lost] = await claim(1, 1);
  await sleep(10);
  const [leased] = await claim(1);
  expect(leased).toMatchObject({ id: lost!.id, attempts: 2 });
  await recordAttempt(database, lost!, record);
  await putBackDelivery(database, lost!);
  expect(await list()).toMatchObject([{ state: "pending", attempts: 2, nextAttemptAt: null }]);
  await putBackDelivery(database, leased!);
  expect(await list()).toMatchObject([{ state: "pending", attempts: 1, nextAttemptAt: expect.any(Date) }]);
});

test("a replay starts with the first attempt, but does not change an attempt in progress", async () => {
  await endJob();
  const [delivery] = await claim(1);
  expect(await replayDelivery(database, "org", delivery!.id)).toMatchObject({ attempts: 1 });
  expect(await claim(1)).toEqual([]);
  await recordAttempt(database, delivery!, record);
  expect(await claim(1)).toEqual([]);
  expect(await replayDelivery(database, "other", delivery!.id)).toBeUndefined();
  expect(await replayDelivery(database, "org", delivery!.id)).toMatchObject({
    state: "pending",
    attempts: 0,
  });
  expect(await claim(1)).toMatchObject([{ id: delivery!.id, attempts: 1 }]);
  expect(await replayDelivery(database, "org", newId() as DeliveryId)).toBeUndefined();
});

test("deliveries are deleted a fixed time after their end, not before", async () => {
  await endJob();
  await endJob();
  const [ended] = await claim(1);
  await recordAttempt(database, ended!, record);
  expect(await deleteEndedDeliveries(database, minuteMs, 10)).toBe(0);
  await sleep(5);
  expect(await deleteEndedDeliveries(database, 1, 10)).toBe(1);
  expect(await list()).toMatchObject([{ state: "pending" }]);
});
