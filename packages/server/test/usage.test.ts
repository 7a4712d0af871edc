import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Sql } from "../src/database/database.ts";
import { createUsageCounter } from "../src/http/usage-counter.ts";
import { createKey } from "../src/keys/create-key.ts";
import { createLogger } from "../src/logging/logger.ts";
import { listUsage, listUsedKeys } from "../src/store/usage.ts";
import { batch, ingest, send } from "./http.ts";
import { startServerOnTestDatabase, type ServerOnTestDatabase } from "./test-database.ts";

let server: ServerOnTestDatabase;
beforeAll(async () => {
  server = await startServerOnTestDatabase();
}, 30_000);
afterAll(() => server?.stop());

const scopes = ["memories:read", "memories:write"] as const;
const search = { query: "tea", user_id: "ada" };
const talk = (count: number) => ({
  messages: Array.from({ length: count }, () => ({ role: "user", content: "I love tea." })),
  user_id: "ada",
  conv_id: "c",
});

describe("GET /v1/usage", () => {
  test("counts messages, searches and requests of the month, by day and by key", async () => {
    const { key } = await createKey(server.database, server.orgId, "second", scopes);
    const second = { "x-api-key": key, "x-org-id": server.orgId };
    await send(server, "POST /v1/memories?wait=true", ingest(server), talk(3));
    await send(server, "POST /v1/memories/search", ingest(server), search);
    await send(server, "POST /v1/memories/search", batch(server), search);
    await send(server, "POST /v1/memories/search", second, search);
    await send(server, "POST /v1/memories/search", second, {}); // refused: not counted
    const { status, body } = await send(server, "GET /v1/usage?daily=true&by_api_key=true", ingest(server));
    expect(status).toBe(200);
    const month = new Date().toISOString().slice(0, 7);
    const operations = { messages_ingested: 3, searches: 3, requests: 4 };
    expect(body).toMatchObject({
      object: "usage",
      tier: null,
      period: { key: month, start: `${month}-01T00:00:00.000Z`, type: "calendar_month" },
      operations,
      storage: { memories_active: 1, episodes_active: 1, artifacts_active: 0 },
      quota: {
        rate_limit_req_per_min: 0,
        monthly: {
          period_key: month,
          resets_at: body.period.end,
          messages_ingested: { used: 3, limit: null },
          searches: { used: 3, limit: null },
        },
      },
    });
    const today = body.daily.find(({ date }: { date: string }) => date === body.as_of.slice(0, 10));
    expect(today).toEqual({ date: body.as_of.slice(0, 10), ...operations });
    expect(body.daily.length).toBeGreaterThanOrEqual(28);
    expect(body.by_api_key).toEqual([
      expect.objectContaining({ name: "bootstrap", messages_ingested: 3, searches: 2, requests: 3 }),
      {
        api_key_hash: expect.stringMatching(/^[0-9a-f]{64}$/),
        first_n: key.slice(0, 8),
        name: "second",
        messages_ingested: 0,
        searches: 1,
        requests: 1,
        last_used_at: expect.stringMatching(/Z$/),
      },
    ]);
  });

  test("has neither days nor keys unless they are requested, and shows no other organisation's", async () => {
    const { key } = await createKey(server.database, "other", "", scopes);
    const { body } = await send(server, "GET /v1/usage", { "x-api-key": key, "x-org-id": "other" });
    expect([body.daily, body.by_api_key, body.operations.requests]).toEqual([null, null, 0]);
  });

  test.each([
    ["True", true],
    ["1", true],
    ["false", false],
    ["False", false],
    ["0", false],
    ["YES", true],
    ["on", true],
    ["t", true],
    ["Off", false],
    ["n", false],
  ])("daily=%s is a boolean", async (word, isWanted) => {
    const { status, body } = await send(server, `GET /v1/usage?daily=${word}`, ingest(server));
    expect([status, body.daily !== null]).toEqual([200, isWanted]);
  });

  test("counts a conversation that is sent twice with one Idempotency-Key once", async () => {
    const { key } = await createKey(server.database, "twice", "", scopes);
    const headers = { "x-api-key": key, "x-org-id": "twice", "idempotency-key": "k" };
    for (const _ of [1, 2]) await send(server, "POST /v1/memories", headers, talk(2));
    const { body } = await send(server, "GET /v1/usage", headers);
    expect(body.operations).toEqual({ messages_ingested: 2, searches: 0, requests: 1 });
  });
});

describe("the counts of a process", () => {
  const log = createLogger("silent");
  const day = "2026-05-31";

  test("are stored when it stops, also by several processes at once", async () => {
    const { id, orgId } = await createKey(server.database, "stopping", "", scopes);
    const now = () => Date.parse(`${day}T23:59:59Z`);
    const counters = [1, 2, 3].map(() => createUsageCounter(server.database, log, { everyMs: 1e9, now }));
    for (const counter of counters) {
      for (let count = 0; count < 5; count += 1) counter.count({ id, orgId }, { searches: 1 });
    }
    await Promise.all(counters.map(({ close }) => close()));
    expect(await listUsage(server.database, orgId, day, "2026-06-01")).toEqual([
      { keyId: id, day, messages: 0, ingests: 0, searches: 15 },
    ]);
    const [key] = await listUsedKeys(server.database, orgId);
    expect(key?.lastUsedAt?.toISOString()).toBe(`${day}T23:59:59.000Z`);
  });

  test("are kept while the database fails", async () => {
    const { id, orgId } = await createKey(server.database, "failing", "", scopes);
    let fails = true;
    const failing: Sql = {
      query: (statement, parameters) =>
        fails ? Promise.reject(new Error("gone")) : server.database.query(statement, parameters),
    };
    const counter = createUsageCounter(failing, log, { everyMs: 1e9, now: () => Date.parse(day) });
    counter.count({ id, orgId }, { searches: 1 });
    await counter.flush();
    fails = false;
    counter.count({ id, orgId }, { messages: 2, ingests: 1 });
    await counter.close();
    expect(await listUsage(server.database, orgId, day, "2026-06-01")).toEqual([
      { keyId: id, day, messages: 2, ingests: 1, searches: 1 },
    ]);
  });
});
