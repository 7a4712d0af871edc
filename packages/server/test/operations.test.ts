// What operators read: the caller, statistics, attempts and the contents of jobs, against the real server.
import { randomBytes } from "node:crypto";
import { jobIds, type JobId } from "@memlane/core";
import { createUuidV7 } from "@memlane/core/internal";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { newId } from "../src/base/new-id.ts";
import { createKeyAs } from "../src/keys/create-key.ts";
import { readHealth } from "../src/store/health.ts";
import { countUnfinishedJobs } from "../src/store/job-stats.ts";
import { insertOrg } from "../src/store/orgs.ts";
import { batch, ingest, send } from "./http.ts";
import { openTestDatabase, startServerOnTestDatabase, type ServerOnTestDatabase } from "./test-database.ts";

let server: ServerOnTestDatabase;
beforeAll(async () => {
  const environment = { MEMLANE_BOOTSTRAP_KEYS: "org_test:key-of-the-tests,org_other:key-of-another-org" };
  server = await startServerOnTestDatabase({ environment, apiKey: "key-of-the-tests" });
}, 30_000);
afterAll(() => server?.stop());

const get = (path: string, caller: { apiKey: string; orgId: string } = server) =>
  send(server, `GET ${path}`, ingest(caller));
const other = { apiKey: "key-of-another-org", orgId: "org_other" };
const conversation = (user_id: string, content = "I live in Rome.") => ({
  messages: [{ role: "user", content, dia_id: "m1" }],
  user_id,
  agent_id: `agent of ${user_id}`,
  conv_id: "c",
});
const remember = async (user_id: string, caller = server as { apiKey: string; orgId: string }) =>
  (await send(server, "POST /v1/memories?wait=true", ingest(caller), conversation(user_id))).body
    .id as string;

/** Inserts a failed job that ended `minutesAgo`. */
async function insertFailure(code: string, minutesAgo = 0): Promise<string> {
  const at = new Date(Date.now() - minutesAgo * 60_000);
  const id = createUuidV7({ now: () => at.getTime(), randomBytes })() as JobId;
  await server.database.query(
    `insert into memlane.job (id, org_id, kind, state, failure, request, expires_at, created_at, updated_at, waited_ms)
     values ($1, 'org_test', 'ingest', 'failed', $2, '{}', now() + interval '1 day', $3, $3, 7000)`,
    [id, JSON.stringify({ type: "server_error", code, message: `${code} happened` }), at],
  );
  return jobIds.print(id);
}

describe("GET /v1/me", () => {
  test("shows the organisation, and the key with its scopes and its user", async () => {
    const { body } = await get("/v1/me");
    const key = { id: expect.any(String), name: "bootstrap", user_id: null };
    expect(body).toEqual({
      org_id: "org_test",
      key: { ...key, scopes: ["memories:read", "memories:write"] },
    });
    const scopes = ["memories:write"] as const;
    const bound = await createKeyAs(server.database, {
      orgId: "org_test",
      name: "phone",
      scopes,
      userId: "ada",
    });
    expect((await get("/v1/me", { apiKey: bound.key, orgId: "org_test" })).body).toEqual({
      org_id: "org_test",
      key: { id: bound.id, name: "phone", scopes, user_id: "ada" },
    });
  });
});

describe("GET /v1/stats", () => {
  test("counts the jobs of the window, with their course and their waiting times", async () => {
    await remember("stats");
    const failed = await insertFailure("extraction_failed", 2);
    await insertFailure("extraction_failed", 90);
    const { status, body } = await get("/v1/stats");
    expect(status).toBe(200);
    expect(body).toMatchObject({
      window: "hour",
      counts: { queued: 0, active: 0, retrying: 0, overdue: 0, failed: 1, succeeded: expect.any(Number) },
      oldest_waiting_seconds: null,
    });
    expect(body.points).toHaveLength(60);
    const total = (name: string) =>
      body.points.reduce((sum: number, point: Record<string, number>) => sum + point[name]!, 0);
    expect([total("failed"), total("succeeded")]).toEqual([1, body.counts.succeeded]);
    expect(total("accepted")).toBe(body.counts.succeeded + 1);
    const withFailure = body.points.find((point: { failed: number }) => point.failed === 1);
    expect(withFailure).toMatchObject({ wait_p50_ms: 7000, wait_p95_ms: 7000 });
    expect(body.problems).toEqual([
      { code: "extraction_failed", message: "extraction_failed happened", count: 1, job_id: failed },
    ]);
    const day = await get("/v1/stats?window=day");
    expect(day.body.points).toHaveLength(96);
    expect(day.body.problems[0]).toMatchObject({ count: 2, job_id: failed });
    expect(Date.parse(day.body.points[1].at) - Date.parse(day.body.points[0].at)).toBe(900_000);
  });

  test("a job whose worker has lost its lease waits, too", async () => {
    const database = await openTestDatabase();
    onTestFinished(() => database.close());
    await insertOrg(database, "org");
    await database.query(
      `insert into memlane.job (id, org_id, kind, state, request, expires_at, created_at, due_at, lease_id, attempts)
       values (gen_random_uuid(), 'org', 'ingest', 'active', '{}', null, now() - interval '1 hour', now() - interval '2 minutes', gen_random_uuid(), 1)`,
    );
    const waiting = { oldestWaitingSeconds: expect.closeTo(120, -1) };
    expect(await countUnfinishedJobs(database, "org")).toMatchObject({ overdue: 1, ...waiting });
    expect(await readHealth(database)).toMatchObject(waiting);
  });

  test("shows nothing of other organisations, and all of them only to an operator", async () => {
    expect((await get("/v1/stats", other)).body).toMatchObject({
      counts: { succeeded: 0, failed: 0 },
      problems: [],
      failed_items: [],
    });
    const refused = await get("/v1/stats?org=all", other);
    expect([refused.status, refused.body.error.code]).toEqual([403, "forbidden"]);
  });

  test("names why items of batches failed, with the last such batch", async () => {
    const sendBatch = async (...contents: readonly string[]) =>
      (
        await send(server, "POST /v1/batch?wait=true", batch(other), {
          memories: contents.map((content) => ({ content })),
        })
      ).body.id;
    await sendBatch("Likes tea.", "");
    const last = await sendBatch("", "Likes cake.", "x".repeat(16_001));
    const { body } = await get("/v1/stats?window=day", other);
    expect(body.failed_items).toEqual([
      { code: "empty_content", message: "content must not be empty", count: 2, job_id: last },
      {
        code: "invalid_item",
        message: "content must have at most 16,000 characters",
        count: 1,
        job_id: last,
      },
    ]);
  });
});

describe("GET /v1/jobs finds jobs", () => {
  const find = async (query: string) => {
    const { status, body } = await get(`/v1/jobs?limit=500&${query}`);
    expect(status).toBe(200);
    return body.data.map(({ id }: { id: string }) => id);
  };

  test("by user, agent, error code, states and time, and by several of these", async () => {
    const ada = await remember("filter-ada");
    const bob = await remember("filter-bob");
    const failure = await insertFailure("timed_out", 60);
    const { body } = await send(server, "POST /v1/batch?wait=true", batch(server), {
      memories: [{ content: "x" }],
    });
    expect(await find("user_id=filter-ada")).toEqual([ada]);
    expect(await find("agent_id=agent%20of%20filter-bob")).toEqual([bob]);
    expect(await find("error_code=timed_out")).toEqual([failure]);
    expect(await find("state=queued,active,retrying")).toEqual([]);
    expect(await find("state=failed")).not.toContain(ada);
    expect(await find("state=failed,succeeded")).toEqual(
      expect.arrayContaining([ada, bob, failure, body.id]),
    );
    expect(await find("state=succeeded&kind=batch")).toEqual([body.id]);
    const { created_at } = (await get(`/v1/jobs/${ada}`)).body;
    const since = new Date(Date.parse(created_at) - 5000).toISOString();
    expect(await find(`since=${since}&error_code=timed_out`)).toEqual([]);
    expect(await find(`until=${since}&error_code=timed_out`)).toEqual([failure]);
    expect(await find("user_id=filter-ada&state=failed")).toEqual([]);
    const broken = await send(server, "POST /v1/batch?wait=true", batch(server), {
      memories: [{ content: "kept" }, { content: " " }],
    });
    expect(await find("has_failed_items=true")).toEqual([broken.body.id]);
    expect(await find("has_failed_items=false&kind=batch")).toEqual([body.id]);
  });

  test("by nothing, with the user of each conversation", async () => {
    const id = await remember("filter-cat");
    expect((await get(`/v1/jobs/${id}`)).body.user_id).toBe("filter-cat");
  });

  test.each(["state=napping", "state=", "since=yesterday", "error_code="])("refuses %s", async (query) => {
    const { status, body } = await get(`/v1/jobs?${query}`);
    expect([status, body.error.code]).toEqual([422, "invalid_request"]);
  });
});

describe("GET /v1/keys", () => {
  test("counts the requests and errors of each key, and how long its answers took", async () => {
    const { database } = server;
    const scopes = ["memories:read", "memories:write"] as const;
    const { key: apiKey, ...made } = await createKeyAs(database, { orgId: "org_busy", name: "app", scopes });
    await database.query(`update memlane.org set limits = '{"requestsPerMinute": 100, "writesPerMonth": 9}'
      where id = 'org_busy'`);
    const caller = { apiKey, orgId: "org_busy" };
    await get("/v1/jobs", caller);
    await get("/v1/jobs?limit=0", caller);
    await get(`/v1/jobs/${newId()}?wait=1`, caller);
    await remember("keys", caller);
    const { status, body } = await get("/v1/keys", caller);
    expect(status).toBe(200);
    expect(body).toEqual({
      data: [
        {
          id: made.id,
          name: "app",
          hint: made.hint,
          scopes,
          user_id: null,
          created_at: made.createdAt.toISOString(),
          last_used_at: expect.any(String),
          revoked_at: null,
          requests: 4,
          errors: 2,
          latency_p50_ms: expect.any(Number),
          latency_p95_ms: expect.any(Number),
          limits: { requests_per_minute: 100, requests_left: 95 },
        },
      ],
      limits: { writes_per_month: 9, writes_left: 8 },
    });
    expect(body.data[0].latency_p95_ms).toBeGreaterThanOrEqual(body.data[0].latency_p50_ms);
    expect((await get("/v1/keys?days=31", caller)).body.data[0].requests).toBe(5);
    expect((await get("/v1/keys", other)).body.data).toMatchObject([{ name: "bootstrap" }]);
  });

  test("needs the scope to write", async () => {
    const scopes = ["memories:read"] as const;
    const { key: apiKey } = await createKeyAs(server.database, { orgId: "org_test", name: "x", scopes });
    expect((await get("/v1/keys", { apiKey, orgId: "org_test" })).status).toBe(403);
  });
});

describe("GET /v1/jobs/{id}/attempts", () => {
  test("shows how each attempt ended, with its stages and the next try", async () => {
    const id = await remember("attempts");
    const { body } = await get(`/v1/jobs/${id}/attempts`);
    const [attempt] = body.data;
    expect(body).toEqual({
      data: [
        {
          number: 1,
          outcome: "succeeded",
          started_at: expect.any(String),
          ended_at: expect.any(String),
          error: null,
          next_try_at: null,
          stages: expect.any(Array),
        },
      ],
      running_since: null,
      enqueued_at: expect.any(String),
      waited_ms: expect.any(Number),
    });
    expect(attempt.stages.map(({ name }: { name: string }) => name)).toEqual(
      expect.arrayContaining(["normalise", "extract", "match", "reconcile", "persist"]),
    );
    const times = [body.enqueued_at, attempt.started_at, attempt.ended_at].map((text) => Date.parse(text));
    expect(times).toEqual(times.toSorted((one, two) => one - two));
    expect(attempt.stages[0].started_at >= attempt.started_at).toBe(true);
  });

  test("has no stages for a batch", async () => {
    const memories = [{ content: "x" }];
    const { body } = await send(server, "POST /v1/batch?wait=true", batch(server), { memories });
    const attempts = (await get(`/v1/jobs/${body.id}/attempts`)).body.data;
    expect(attempts).toMatchObject([{ number: 1, outcome: "succeeded", stages: [] }]);
  });
});

describe("GET /v1/jobs/{id}/request", () => {
  test("shows what is left of the request, and is in the audit log", async () => {
    const failed = await insertFailure("extraction_failed");
    expect((await get(`/v1/jobs/${failed}/request`)).body).toEqual({ kind: "ingest", request: {} });
    const done = await remember("request");
    const { status, body } = await get(`/v1/jobs/${done}/request`);
    expect([status, body.error.code]).toEqual([404, "not_found"]);
    const events = async () =>
      (await send(server, "GET /v1/audit?action=read", batch(server))).body.events as { target_id: string }[];
    await expect.poll(events).toContainEqual(expect.objectContaining({ target_id: failed, result: "ok" }));
  });
});

describe("GET /v1/jobs/{id}/messages", () => {
  test("shows each message with its text, its outcome and its memories", async () => {
    const long = "I like tea. ".repeat(200).trim();
    const messages = [
      { role: "user", content: long },
      { role: "assistant", content: "Nice." },
      { role: "user", content: "I live in Oslo.", dia_id: "d3" },
    ];
    const { body: job } = await send(server, "POST /v1/memories?wait=true", ingest(server), {
      ...conversation("messages"),
      messages,
    });
    const { body } = await get(`/v1/jobs/${job.id}/messages`);
    expect(body.total).toBe(3);
    expect(body.data[0]).toMatchObject({ index: 0, dia_id: null, speaker: "user", outcome: "stored" });
    expect(body.data[0].text.length).toBeGreaterThan(2000);
    expect(body.data[1]).toEqual({
      index: 1,
      dia_id: null,
      speaker: "assistant",
      text: "Nice.",
      outcome: "nothing",
      memory_ids: [],
    });
    expect(body.data[2]).toMatchObject({ index: 2, dia_id: "d3", text: "I live in Oslo." });
    expect(body.data[2].memory_ids).toEqual(job.result.messages[2].memory_ids);
    expect((await get(`/v1/jobs/${job.id}/messages?limit=1&offset=2`)).body).toEqual({
      data: [body.data[2]],
      total: 3,
    });
  });
});

test.each(["attempts", "request", "messages"])("shows no other organisation's %s", async (part) => {
  const id = await remember("secret");
  const { status, body } = await get(`/v1/jobs/${id}/${part}`, other);
  expect([status, body.error.code]).toEqual([404, "job_not_found"]);
});
