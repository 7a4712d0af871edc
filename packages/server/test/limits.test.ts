// What organisations may do, asked of two API processes on one database at a time.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startTestServer, type TestServer } from "@memlane/server/testing";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Database } from "../src/database/database.ts";
import { connectPostgres } from "../src/database/postgres.ts";
import { openEmbeddedPostgres, type EmbeddedPostgres } from "../src/embedded/embedded-postgres.ts";
import { createKey } from "../src/keys.ts";
import { createLogger } from "../src/logger.ts";
import { scopes, type Scope } from "../src/store/api-keys.ts";
import { saveOwnLimits, type OwnLimits } from "../src/store/limits.ts";
import { batch, ingest, send, type Answer } from "./http.ts";

let directory: string;
let postgres: EmbeddedPostgres;
let database: Database;
let apis: readonly [TestServer, TestServer];
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "memlane-limits-"));
  const log = createLogger("silent");
  postgres = await openEmbeddedPostgres({ directory, as: "owner", log });
  database = connectPostgres({ url: postgres.url, log });
  const environment = { DATABASE_URL: postgres.url, MEMLANE_CORS_ORIGINS: "https://app.example.com" };
  const start = () => startTestServer({ command: "api", environment, dataDirectory: directory });
  apis = await Promise.all([start(), start()]);
}, 30_000);
afterAll(async () => {
  await Promise.all((apis ?? []).map((server) => server.stop()));
  await database.close();
  await postgres.close();
  await rm(directory, { recursive: true, force: true });
});

let orgs = 0;

/** A new organisation with these limits, and how it says who it is. */
async function makeOrg(limits: OwnLimits, granted: readonly Scope[] = scopes) {
  const orgId = `org_${(orgs += 1)}`;
  const { key: apiKey } = await createKey(database, orgId, "test", granted);
  await saveOwnLimits(database, orgId, limits);
  return { orgId, apiKey, batch: batch({ apiKey }), ingest: ingest({ apiKey, orgId }) };
}

/** Sends so many requests at the same time, to either API in turn. */
const sendMany = (count: number, request: (api: TestServer, index: number) => Promise<Answer>) =>
  Promise.all(Array.from({ length: count }, (_, index) => request(apis[index % 2]!, index)));

/** How many answers there are of each status. */
const countStatuses = (answers: readonly Answer[]) =>
  Object.fromEntries(
    [...Map.groupBy(answers, ({ status }) => status)].map(([status, all]) => [status, all.length]),
  );

const standingOf = ({ headers }: Answer) =>
  ["limit", "remaining", "reset"].map((name) => headers.get(`ratelimit-${name}`));

describe("requests per minute", () => {
  test("a key may make exactly so many over all processes, and hears where it stands", async () => {
    const org = await makeOrg({ requestsPerMinute: 40 });
    const answers = await sendMany(60, (api) => send(api, "GET /v1/memories", org.batch));
    expect(countStatuses(answers)).toEqual({ 200: 40, 429: 20 });
    const remaining = answers
      .filter(({ status }) => status === 200)
      .map((answer) => Number(standingOf(answer)[1]));
    expect(remaining.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 40 }, (_, left) => left));
    for (const answer of answers) {
      const [limit, , reset] = standingOf(answer);
      expect(limit).toBe("40");
      expect(Number(reset)).toBeGreaterThan(50);
      expect(Number(reset)).toBeLessThanOrEqual(60);
    }
  });

  test("the refusal is spelled by the dialect that was spoken, and says when to come again", async () => {
    const org = await makeOrg({ requestsPerMinute: 1 });
    await send(apis[0], "GET /v1/memories", org.batch);
    const message = "this key may make 1 requests a minute";
    const other = await send(apis[1], "GET /v1/memories", org.batch);
    expect([other.status, other.body]).toEqual([429, { code: "rate_limit_exceeded", message }]);
    const one = await send(apis[0], "POST /v1/memories", org.ingest, { messages: [] });
    expect(one.status).toBe(429);
    expect(one.body.error).toMatchObject({ type: "rate_limit_error", code: "rate_limit_exceeded", message });
    for (const answer of [one, other]) {
      expect(answer.headers.get("retry-after")).toBe(standingOf(answer)[2]);
      expect(standingOf(answer)).toEqual(["1", "0", expect.stringMatching(/^[1-9]\d?$/)]);
    }
  });

  test("every answer to a known key says where it stands, one that refuses too", async () => {
    const org = await makeOrg({ requestsPerMinute: 100 }, ["memories:read"]);
    const [api] = apis;
    const answers = [
      await send(api, "GET /v1/memories", org.batch),
      await send(api, "GET /v1/batch/nope", org.batch),
      await send(api, "GET /v1/memories?limit=0", org.batch),
      await send(api, "POST /v1/batch", org.batch, { memories: [{ content: "x" }] }),
      await send(api, "GET /v1/memories/jobs/nope", org.ingest),
    ];
    expect(answers.map(({ status }) => status)).toEqual([200, 404, 422, 403, 404]);
    expect(answers.map((answer) => standingOf(answer)[1])).toEqual(["99", "98", "97", "96", "95"]);
  });

  test("each key is counted for itself, and who has no limit hears of none", async () => {
    const org = await makeOrg({ requestsPerMinute: 1 });
    const { key } = await createKey(database, org.orgId, "second", scopes);
    expect(standingOf(await send(apis[0], "GET /v1/memories", org.batch))[1]).toBe("0");
    expect(standingOf(await send(apis[0], "GET /v1/memories", batch({ apiKey: key })))[1]).toBe("0");
    const free = await makeOrg({});
    expect(standingOf(await send(apis[0], "GET /v1/memories", free.batch))).toEqual([null, null, null]);
  });

  test("a limit that is changed counts within a second in every process, in the middle of a minute", async () => {
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
      await expect.poll(async () => standingOf(await ask(api))[0], { timeout: 1000 }).toBe(null);
  });

  test("a page of another origin can read where it stands", async () => {
    const org = await makeOrg({ requestsPerMinute: 9 });
    const headers = { ...org.batch, origin: "https://app.example.com" };
    const answer = await send(apis[0], "GET /v1/memories", headers);
    const exposed = answer.headers.get("access-control-expose-headers")?.toLowerCase().split(",");
    expect(exposed).toEqual(
      expect.arrayContaining(["ratelimit-limit", "ratelimit-remaining", "ratelimit-reset", "retry-after"]),
    );
  });
});
