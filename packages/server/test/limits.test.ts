// Limits of organisations, with two API processes on one database.
import { jobIds } from "@memlane/core";
import { startTestServer, type TestServer } from "@memlane/server/testing";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Database } from "../src/database/database.ts";
import { readEnvironment } from "../src/settings/read-environment.ts";
import { createKey } from "../src/keys/create-key.ts";
import { createLogger } from "../src/logging/logger.ts";
import { openApp } from "../src/app.ts";
import { scopes, type Scope } from "../src/store/api-keys.ts";
import { saveOwnLimits, type OwnLimits } from "../src/store/limits.ts";
import { batch, ingest, send, waitWhile, type Answer } from "./http.ts";
import { createTestDatabase, openTestDatabase } from "./test-database.ts";

let databaseUrl: string;
let database: Database;
let apis: readonly [TestServer, TestServer];
beforeAll(async () => {
  databaseUrl = await createTestDatabase();
  database = await openTestDatabase(databaseUrl);
  const environment = { DATABASE_URL: databaseUrl, MEMLANE_CORS_ORIGINS: "https://app.example.com" };
  const start = () => startTestServer({ command: "api", environment });
  apis = await Promise.all([start(), start()]);
}, 30_000);
afterAll(async () => {
  await Promise.all((apis ?? []).map((server) => server.stop()));
  await database.close();
});

let orgs = 0;

/** A new organisation with these limits, and its headers. */
async function makeOrg(limits: OwnLimits, granted: readonly Scope[] = scopes) {
  const orgId = `org_${(orgs += 1)}`;
  const { key: apiKey } = await createKey(database, orgId, "test", granted);
  await saveOwnLimits(database, orgId, limits);
  return { orgId, apiKey, batch: batch({ apiKey }), ingest: ingest({ apiKey, orgId }) };
}

/** Sends this many requests at the same time, to both APIs in turn. */
const sendMany = (count: number, request: (api: TestServer, index: number) => Promise<Answer>) =>
  Promise.all(Array.from({ length: count }, (_, index) => request(apis[index % 2]!, index)));

/** The number of answers by status. */
const countStatuses = (answers: readonly Answer[]) =>
  Object.fromEntries(
    [...Map.groupBy(answers, ({ status }) => status)].map(([status, all]) => [status, all.length]),
  );

const rateLimitOf = ({ headers }: Answer) =>
  ["limit", "remaining", "reset"].map((name) => headers.get(`ratelimit-${name}`));

describe("requests per minute", () => {
  test("a key may make exactly as many as the limit over all processes, and the headers show the rest", async () => {
    const org = await makeOrg({ requestsPerMinute: 40 });
    const answers = await sendMany(60, (api) => send(api, "GET /v1/memories", org.batch));
    expect(countStatuses(answers)).toEqual({ 200: 40, 429: 20 });
    const remaining = answers
      .filter(({ status }) => status === 200)
      .map((answer) => Number(rateLimitOf(answer)[1]));
    expect(remaining.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 40 }, (_, left) => left));
    for (const answer of answers) {
      const [limit, , reset] = rateLimitOf(answer);
      expect(limit).toBe("40");
      expect(Number(reset)).toBeGreaterThan(50);
      expect(Number(reset)).toBeLessThanOrEqual(60);
      const older = ["limit", "remaining", "reset"].map((name) => answer.headers.get(`x-ratelimit-${name}`));
      expect(older.slice(0, 2)).toEqual(rateLimitOf(answer).slice(0, 2));
      expect(Number(older[2])).toBeGreaterThan(Date.now() / 1000); // as Unix time
    }
  });

  test("the refusal has the format of the request's dialect, and the time to wait", async () => {
    const org = await makeOrg({ requestsPerMinute: 1 });
    await send(apis[0], "GET /v1/memories", org.batch);
    const message = "this key may make 1 requests a minute";
    const other = await send(apis[1], "GET /v1/memories", org.batch);
    expect([other.status, other.body]).toEqual([429, { code: "rate_limit_exceeded", message }]);
    const one = await send(apis[0], "POST /v1/memories", org.ingest, { messages: [] });
    expect(one.status).toBe(429);
    expect(one.body.error).toMatchObject({ type: "rate_limit_error", code: "rate_limit_exceeded", message });
    for (const answer of [one, other]) {
      expect(answer.headers.get("retry-after")).toBe(rateLimitOf(answer)[2]);
      expect(rateLimitOf(answer)).toEqual(["1", "0", expect.stringMatching(/^[1-9]\d?$/)]);
    }
  });

  test("every answer to a valid key has the headers, also a refusal", async () => {
    const org = await makeOrg({ requestsPerMinute: 100 }, ["memories:read"]);
    const [api] = apis;
    const answers = [
      await send(api, "GET /v1/memories", org.batch),
      await send(api, "GET /v1/batch/nope", org.batch),
      await send(api, "GET /v1/memories?limit=0", org.batch),
      await send(api, "POST /v1/batch", org.batch, { memories: [{ content: "x" }] }),
      await send(api, "GET /v1/memories/jobs/nope", org.ingest),
      await send(api, "GET /v1/memories", { ...org.ingest, "x-org-id": "org_other" }),
      await send(api, "POST /v1/memories/search", org.batch, "{"),
      await send(api, "GET /v1/jobs/nope/events", org.ingest),
    ];
    expect(answers.map(({ status }) => status)).toEqual([200, 404, 422, 403, 404, 403, 400, 404]);
    expect(answers.map((answer) => rateLimitOf(answer)[1])).toEqual(
      [99, 98, 97, 96, 95, 94, 93, 92].map(String),
    );
  });

  test("each key is counted separately, and a key without a limit gets no headers", async () => {
    const org = await makeOrg({ requestsPerMinute: 1 });
    const { key } = await createKey(database, org.orgId, "second", scopes);
    expect(rateLimitOf(await send(apis[0], "GET /v1/memories", org.batch))[1]).toBe("0");
    expect(rateLimitOf(await send(apis[0], "GET /v1/memories", batch({ apiKey: key })))[1]).toBe("0");
    const free = await makeOrg({});
    expect(rateLimitOf(await send(apis[0], "GET /v1/memories", free.batch))).toEqual([null, null, null]);
  });

  test("a changed limit applies within a second in every process, in the middle of a minute", async () => {
    const org = await makeOrg({});
    const ask = (api: TestServer) => send(api, "GET /v1/memories", org.batch);
    for (const api of apis) expect((await ask(api)).status).toBe(200);
    await saveOwnLimits(database, org.orgId, { requestsPerMinute: 1 });
    for (const api of apis)
      await expect.poll(async () => (await ask(api)).status, { timeout: 1000 }).toBe(429);
    await saveOwnLimits(database, org.orgId, { requestsPerMinute: 1000 });
    for (const api of apis)
      await expect.poll(async () => (await ask(api)).status, { timeout: 1000 }).toBe(200);
    await saveOwnLimits(database, org.orgId, { requestsPerMinute: undefined });
    for (const api of apis)
      await expect.poll(async () => rateLimitOf(await ask(api))[0], { timeout: 1000 }).toBe(null);
  });

  test("a page of another origin can read the headers", async () => {
    const org = await makeOrg({ requestsPerMinute: 9 });
    const headers = { ...org.batch, origin: "https://app.example.com" };
    const answer = await send(apis[0], "GET /v1/memories", headers);
    const exposed = answer.headers.get("access-control-expose-headers")?.toLowerCase().split(",");
    expect(exposed).toEqual(
      expect.arrayContaining(["ratelimit-limit", "ratelimit-remaining", "ratelimit-reset", "retry-after"]),
    );
  });
});

/** The number of an organisation's memories. */
async function countMemories({ orgId }: { readonly orgId: string }): Promise<number> {
  const [row] = await database.query<{ count: number }>(
    "select count(*)::integer as count from memlane.memory where org_id = $1",
    [orgId],
  );
  return row!.count;
}

const memoriesOf = (count: number, agent_id?: string) =>
  Array.from({ length: count }, (_, index) => ({
    content: `memory ${index}`,
    ...(agent_id && { agent_id }),
  }));

/** Runs a worker for as long as `work` takes. */
async function whileWorking<Result>(work: () => Promise<Result>): Promise<Result> {
  const worker = await openApp({
    database,
    settings: readEnvironment(),
    log: createLogger("silent"),
    roles: ["worker"],
  });
  try {
    return await work();
  } finally {
    await worker.close();
  }
}

/** The final state of these batches. */
const finish = (org: { readonly batch: Record<string, string> }, ids: readonly string[]) =>
  whileWorking(() =>
    Promise.all(
      ids.map((id) =>
        waitWhile(() => send(apis[0], `GET /v1/batch/${id}`, org.batch), "pending", "processing"),
      ),
    ),
  );

const acceptedIds = (answers: readonly Answer[]) =>
  answers.filter(({ status }) => status === 202).map(({ body }) => String(body.id));

describe("unfinished batches", () => {
  test("reach exactly the limit of their organisation, however many are sent at once to any process", async () => {
    const org = await makeOrg({ unfinishedBatches: 3 });
    const answers = await sendMany(40, (api) =>
      send(api, "POST /v1/batch", org.batch, { memories: memoriesOf(1) }),
    );
    expect(countStatuses(answers)).toEqual({ 202: 3, 429: 37 });
    const refused = answers.find(({ status }) => status === 429)!;
    expect(refused.body).toEqual({ code: "too_many_batches", message: expect.stringContaining("3 batches") });
    expect(refused.headers.get("retry-after")).toBeNull();
    const conversation = { messages: [{ role: "user", content: "Hi." }], user_id: "u", conv_id: "c" };
    expect((await send(apis[0], "POST /v1/memories", org.ingest, conversation)).status).toBe(202);

    const [first, second] = acceptedIds(answers);
    for (const id of [first, second]) await send(apis[0], `POST /v1/jobs/${id}/cancel`, org.ingest, {});
    await send(apis[0], "POST /v1/batch", org.batch, { memories: memoriesOf(1) });
    const retried = await Promise.all(
      [first, second].map((id) => send(apis[1], `POST /v1/jobs/${id}/retry`, org.ingest, {})),
    );
    expect(countStatuses(retried)).toEqual({ 202: 1, 429: 1 });
    expect(retried.find(({ status }) => status === 429)!.body.error.code).toBe("too_many_batches");
  });

  test("a batch that is sent again with its key is answered, while another one is refused", async () => {
    const org = await makeOrg({ unfinishedBatches: 1, writesPerMonth: 2 });
    const keyed = { ...org.batch, "idempotency-key": "mine" };
    const answers = await sendMany(20, (api) =>
      send(api, "POST /v1/batch", keyed, { memories: memoriesOf(2) }),
    );
    expect(countStatuses(answers)).toEqual({ 202: 20 });
    expect(new Set(acceptedIds(answers)).size).toBe(1);
    const other = { ...org.batch, "idempotency-key": "other" };
    const refused = await send(apis[0], "POST /v1/batch", other, { memories: memoriesOf(1) });
    expect(refused.body.code).toBe("too_many_batches");
    const [job] = await finish(org, acceptedIds(answers).slice(0, 1));
    expect(job).toMatchObject({ status: "completed", imported: 2 });
    expect((await send(apis[0], "POST /v1/batch", keyed, { memories: memoriesOf(2) })).body.imported).toBe(2);
    const again = await send(apis[0], "POST /v1/batch", other, { memories: memoriesOf(1) }); // its key was not taken
    expect(again.body.code).toBe("quota_exceeded");
  });
});

describe("writes per month", () => {
  test("what all processes accept fits the month exactly, queued batches included, and all of it is stored", async () => {
    const org = await makeOrg({ writesPerMonth: 1000 });
    const answers = await sendMany(30, (api) =>
      send(api, "POST /v1/batch", org.batch, { memories: memoriesOf(70) }),
    );
    expect(countStatuses(answers)).toEqual({ 202: 14, 429: 16 });
    const refused = answers.find(({ status }) => status === 429)!;
    expect(refused.body).toEqual({
      code: "quota_exceeded",
      message: expect.stringContaining("monthly write quota reached (1000)"),
      limit: 1000,
      used: 980,
      resets_at: expect.stringMatching(/-01T00:00:00.000Z$/),
    });
    expect(refused.headers.get("retry-after")).toBeNull();

    const single = await sendMany(50, (api) => send(api, "POST /v1/memories", org.batch, { content: "x" }));
    const jobs = await finish(org, acceptedIds(answers));
    expect(new Set(jobs.map(({ status, imported }) => `${status} ${imported}`))).toEqual(
      new Set(["completed 70"]),
    );
    expect(countStatuses(single)).toEqual({ 201: 20, 429: 30 });
    expect(await countMemories(org)).toBe(1000);
  });

  test("an item that no longer fits when its turn comes is an error of that item", async () => {
    const org = await makeOrg({});
    await send(apis[0], "POST /v1/memories", org.batch, { content: "before the counter" });
    const { body } = await send(apis[0], "POST /v1/batch", org.batch, {
      memories: [...memoriesOf(3), { content: "", metadata: { id: "blank" } }, ...memoriesOf(3)],
    });
    await saveOwnLimits(database, org.orgId, { writesPerMonth: 5 });
    const [job] = await finish(org, [body.id]);
    const error = "monthly write quota reached (5)";
    expect(job).toMatchObject({ status: "completed", received: 7, imported: 4, failed: 3 });
    expect(job.errors).toEqual([
      { index: 3, error: "content must not be empty", code: "empty_content", retryable: false, id: "blank" },
      { index: 5, error, code: "quota_exceeded", retryable: false },
      { index: 6, error, code: "quota_exceeded", retryable: false },
    ]);
    expect(await countMemories(org)).toBe(5);
  });

  test("a conversation is stored whole or not at all", async () => {
    const org = await makeOrg({ writesPerMonth: 1 });
    const conversation = (...contents: string[]) => ({
      messages: contents.map((content) => ({ role: "user", content })),
      user_id: "ann",
      conv_id: "c",
    });
    const post = (...contents: string[]) =>
      send(apis[0], "POST /v1/memories", org.ingest, conversation(...contents));
    const [long, short] = [await post("I live in Oslo.", "I have two cats."), await post("I live in Rome.")];
    const read = ({ body }: Answer) => send(apis[0], `GET /v1/memories/jobs/${body.id}`, org.ingest);
    const ended = await whileWorking(() =>
      Promise.all([long, short].map((job) => waitWhile(() => read(job), "pending", "running"))),
    );
    expect(ended.map(({ status }) => status)).toEqual(["failed", "succeeded"]);
    expect(ended[0].error).toEqual({
      type: "rate_limit_error",
      code: "ingest_failed",
      reason: "quota_exceeded",
      message: "monthly write quota reached (1)",
    });
    const refused = await post("I live in Bonn.");
    expect(refused.body.error).toMatchObject({
      code: "quota_exceeded",
      details: { limit: 1, used: 1, resets_at: expect.any(String) },
    });
    expect(refused.headers.get("retry-after")).toBeNull();
    expect(await countMemories(org)).toBe(1);
  });

  test("memories of last month do not count, and deleted ones do", async () => {
    const org = await makeOrg({ writesPerMonth: 2 });
    const write = () => send(apis[0], "POST /v1/memories", org.batch, { content: "x" });
    const { body } = await write();
    await send(apis[0], `DELETE /v1/memories/${body.id}`, org.batch);
    expect([(await write()).status, (await write()).status]).toEqual([201, 429]);
    await database.query("delete from memlane.memory where org_id = $1", [org.orgId]);
    await database.query(
      "update memlane.monthly_writes set month = month - interval '1 month' where org_id = $1",
      [org.orgId],
    );
    expect([(await write()).status, (await write()).status, (await write()).status]).toEqual([201, 201, 429]);
  });

  test("a new quota counts what was stored before", async () => {
    const org = await makeOrg({});
    const [api] = apis;
    const setQuota = async (writesPerMonth: number | null) => {
      const requestsPerMinute = 1000 + (writesPerMonth ?? 0); // the headers show when the change applies
      await saveOwnLimits(database, org.orgId, { writesPerMonth, requestsPerMinute });
      const ask = async () => rateLimitOf(await send(api, "GET /v1/memories", org.batch))[0];
      await expect.poll(ask, { timeout: 1000 }).toBe(String(requestsPerMinute));
    };
    const write = async () => (await send(api, "POST /v1/memories", org.batch, { content: "x" })).status;
    await setQuota(9);
    expect(await write()).toBe(201);
    await setQuota(null);
    expect([await write(), await write()]).toEqual([201, 201]);
    await setQuota(4);
    expect([await write(), await write()]).toEqual([201, 429]);
    await setQuota(5);
    expect([await write(), await write()]).toEqual([201, 429]);
  });
});

describe("agents", () => {
  test("reach exactly the limit, however many are sent at once to any process", async () => {
    const org = await makeOrg({ agents: 3 });
    const answers = await sendMany(60, (api, index) =>
      send(api, "POST /v1/memories", org.batch, { content: "x", agent_id: `agent ${index % 10}` }),
    );
    expect(countStatuses(answers)).toEqual({ 201: 18, 403: 42 });
    expect(answers.find(({ status }) => status === 403)!.body).toEqual({
      code: "agent_cap_exceeded",
      message: "agent cap reached (3)",
    });
    expect(
      (await send(apis[0], "POST /v1/memories", org.batch, { content: "without an agent" })).status,
    ).toBe(201);
    const agents = answers.filter(({ status }) => status === 201).map(({ body }) => body.agent_id);
    expect(new Set(agents).size).toBe(3);

    const messages = [{ role: "user", content: "I live in Oslo." }];
    const talk = (agent_id: string) =>
      send(apis[1], "POST /v1/memories", org.ingest, { messages, user_id: "u", conv_id: "c", agent_id });
    expect((await talk("another")).body.error).toMatchObject({ code: "agent_cap_exceeded" });
    expect((await talk(agents[0])).status).toBe(202);

    const memories = [...memoriesOf(1, agents[0]), ...memoriesOf(1, "another"), ...memoriesOf(1)];
    const { body } = await send(apis[0], "POST /v1/batch", org.batch, { memories });
    const [job] = await finish(org, [body.id]);
    expect(job).toMatchObject({ status: "completed", imported: 2, failed: 1 });
    expect(job.errors).toEqual([
      { index: 1, error: "agent cap reached (3)", code: "agent_cap_exceeded", retryable: false },
    ]);
  });

  test("limit a retry, which has the agent of its job, as they limit a new job", async () => {
    const org = await makeOrg({ agents: 1 });
    await send(apis[0], "POST /v1/memories", org.batch, { content: "x", agent_id: "one" });
    const messages = [{ role: "user", content: "I live in Oslo." }];
    const conversation = { messages, user_id: "u", conv_id: "c", agent_id: "one" };
    const { id } = (await send(apis[0], "POST /v1/memories", org.ingest, conversation)).body;
    await send(apis[0], `POST /v1/jobs/${id}/cancel`, org.ingest, {});
    await database.query(
      `update memlane.job
       set agent_id = 'two', request = jsonb_set(request::jsonb, '{agent_id}', '"two"')
       where id = $1`,
      [jobIds.parse(id)],
    );
    const retry = () => send(apis[1], `POST /v1/jobs/${id}/retry`, org.ingest, {});
    const refused = await retry();
    expect([refused.status, refused.body.error.code]).toEqual([403, "agent_cap_exceeded"]);
    await saveOwnLimits(database, org.orgId, { agents: 2 });
    await expect.poll(async () => (await retry()).status, { timeout: 2000 }).toBe(202);
  });
});

describe("unfinished jobs", () => {
  test("when an organisation has reached its limit, further jobs are refused for a moment, in either dialect", async () => {
    const org = await makeOrg({ unfinishedJobs: 5 });
    const conversation = { messages: [{ role: "user", content: "Hi." }], user_id: "u", conv_id: "c" };
    const answers = await sendMany(20, (api) => send(api, "POST /v1/memories", org.ingest, conversation));
    expect(countStatuses(answers)).toEqual({ 202: 5, 503: 15 });
    const refused = answers.find(({ status }) => status === 503)!;
    expect(refused.body.error).toMatchObject({ type: "server_error", code: "server_error" });
    const other = await send(apis[0], "POST /v1/batch", org.batch, { memories: memoriesOf(1) });
    expect([other.status, other.body.code]).toEqual([503, "writes_paused"]);
    for (const { headers } of [refused, other]) expect(headers.get("retry-after")).toMatch(/^[1-9]\d?$/);
    const free = await makeOrg({});
    expect((await send(apis[0], "POST /v1/memories", free.ingest, conversation)).status).toBe(202);
  });
});
