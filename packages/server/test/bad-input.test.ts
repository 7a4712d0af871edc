import type { TestServer } from "@memlane/server/testing";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { batch, ingest, send } from "./http.ts";
import { startServerOnTestDatabase } from "./test-database.ts";

let server: TestServer;
beforeAll(async () => {
  server = await startServerOnTestDatabase({
    environment: {
      MEMLANE_MAX_BODY_BYTES: "200000",
      MEMLANE_BOOTSTRAP_KEYS: keys,
      MEMLANE_CORS_ORIGINS: "https://app.example",
    },
    apiKey: "key-for-everything",
  });
}, 30_000);
afterAll(() => server?.stop());

const keys =
  "org_test:key-for-everything,org_test:key-that-reads-only:memories:read,org_other:key-of-another-org";
const conversation = {
  messages: [{ role: "user", content: "I live in Paris." }],
  user_id: "ann",
  conv_id: "c1",
};
const withMessage = (content: string) =>
  JSON.stringify({ ...conversation, messages: [{ role: "user", content }] });
const items = (count: number, content = "x") => ({
  memories: Array.from({ length: count }, () => ({ content })),
});
const itemWith = (fields: object) => ({ memories: [{ content: "fine" }, { content: "x", ...fields }] });

describe("the ingest dialect refuses", () => {
  const post = "POST /v1/memories";
  test.each<[string, string, unknown, number, string, RegExp]>([
    ["a body that is not JSON", post, "{nope", 400, "invalid_request", /not JSON/],
    ["an empty body", post, "", 400, "invalid_request", /not JSON/],
    ["a body that is not an object", post, "[1]", 422, "invalid_request", /expected object/],
    ["no messages", post, { ...conversation, messages: [] }, 400, "invalid_messages", /messages/],
    [
      "messages that are not a list",
      post,
      { ...conversation, messages: "hi" },
      422,
      "invalid_request",
      /messages/,
    ],
    [
      "a message of the wrong type",
      post,
      { ...conversation, messages: [{ role: "user", content: 7 }] },
      422,
      "invalid_request",
      /messages\[0\]\.content/,
    ],
    [
      "no user",
      post,
      { ...conversation, user_id: undefined },
      422,
      "missing_user_id",
      /^user_id is required$/,
    ],
    ["an empty user", post, { ...conversation, user_id: "" }, 422, "missing_user_id", /user_id/],
    [
      "a user of 256 characters",
      post,
      { ...conversation, user_id: "u".repeat(256) },
      422,
      "invalid_request",
      /user_id .*255/,
    ],
    ["no conversation", post, { ...conversation, conv_id: undefined }, 422, "missing_conv_id", /conv_id/],
    [
      "21 groups",
      post,
      { ...conversation, group_ids: Array(21).fill("grp_1") },
      422,
      "invalid_request",
      /group_ids/,
    ],
    [
      "a namespace of 257 characters",
      post,
      { ...conversation, namespace: "n".repeat(257) },
      422,
      "invalid_request",
      /namespace/,
    ],
    [
      "a key that would be dropped",
      post,
      '{"messages":[{"role":"user","content":"x","__proto__":{"date":"x"}}],"user_id":"u","conv_id":"c"}',
      422,
      "invalid_request",
      /^messages\[0\]\.__proto__ is a key that cannot be stored$/,
    ],
    [
      "a body with too many levels",
      post,
      `{"messages":${"[".repeat(100_000)}`,
      422,
      "invalid_request",
      /100 levels/,
    ],
    ["NUL in a query", "GET /v1/memories?user_id=%00", undefined, 422, "invalid_request", /NUL/],
    ["a limit of 0", "GET /v1/memories?limit=0", undefined, 422, "invalid_request", /limit/],
    ["a limit of 501", "GET /v1/memories?limit=501", undefined, 422, "invalid_request", /limit/],
    [
      "a limit that is not a number",
      "GET /v1/memories?limit=ten",
      undefined,
      422,
      "invalid_request",
      /limit/,
    ],
    [
      "a cursor that the server did not create",
      "GET /v1/memories?cursor=abc",
      undefined,
      422,
      "cursor_mismatch",
      /cursor/,
    ],
    [
      "a search without a scope",
      "POST /v1/memories/search",
      { query: "x" },
      422,
      "invalid_request",
      /user_id, agent_id/,
    ],
    [
      "an empty search",
      "POST /v1/memories/search",
      { query: "", user_id: "u" },
      422,
      "invalid_request",
      /query/,
    ],
    ["a body over the limit", post, withMessage("x".repeat(200_000)), 413, "invalid_request", /200000 bytes/],
    [
      "a job id in neither form",
      "GET /v1/memories/jobs/nope",
      undefined,
      404,
      "job_not_found",
      /no such job/,
    ],
    [
      "a memory id in neither form",
      "GET /v1/memories/nope",
      undefined,
      404,
      "memory_not_found",
      /no such memory/,
    ],
    ["an unknown route", "GET /v1/jobs/x/nothing", undefined, 404, "not_found", /no such route/],
    ["a wrong method", "PUT /v1/memories/jobs/x", undefined, 405, "method_not_allowed", /GET/],
  ])("%s", async (_, route, body, status, code, message) => {
    const answer = await send(server, route, ingest(server), body);
    expect(answer.status).toBe(status);
    expect(answer.body).toMatchObject({
      error: { type: expect.any(String), code, message: expect.stringMatching(message) },
      detail: { code, message: expect.stringMatching(message) },
    });
    expect(answer.body.error.request_id).toBe(answer.headers.get("x-request-id"));
  });

  test("and lists every invalid field", async () => {
    const { body } = await send(server, "POST /v1/memories", ingest(server), {
      ...conversation,
      user_id: 1,
      conv_id: 2,
    });
    expect(body.error.details.errors.map((issue: { field: string }) => issue.field)).toEqual([
      "user_id",
      "conv_id",
    ]);
  });
});

describe("the batch dialect refuses", () => {
  const post = "POST /v1/batch";
  test.each<[string, string, unknown, number, string, RegExp]>([
    ["a body that is not JSON", post, "{nope", 400, "invalid_request", /not JSON/],
    ["501 items", post, items(501), 422, "invalid_request", /memories.*500/],
    ["no items", post, items(0), 422, "invalid_request", /memories/],
    [
      "metadata without a bottom",
      post,
      `{"memories":[{"content":"x","metadata":{"a":${"[".repeat(5000)}${"]".repeat(5000)}}}]}`,
      422,
      "invalid_request",
      /deep/,
    ],
    [
      "an unknown key in an item",
      post,
      itemWith({ colour: "red" }),
      422,
      "invalid_request",
      /memories\[1\].*colour/,
    ],
    [
      "an integer that a double changes",
      post,
      '{"memories":[{"content":"x","metadata":{"ids":[1,9007199254740993]}}]}',
      422,
      "invalid_request",
      /^memories\[0\]\.metadata\.ids\[1\] is an integer beyond 2\^53/,
    ],
    [
      "a key that would be dropped",
      post,
      '{"memories":[{"content":"x","metadata":{"__proto__":{"a":1}}}]}',
      422,
      "invalid_request",
      /^memories\[0\]\.metadata\.__proto__ is a key that cannot be stored$/,
    ],
    ["an unknown key beside the items", post, { ...items(1), more: 1 }, 422, "invalid_request", /more/],
    [
      "an unreadable timestamp",
      post,
      itemWith({ timestamp: "yesterday" }),
      422,
      "invalid_request",
      /^memories\[1\]\.timestamp 'yesterday' is not an ISO 8601 date or datetime \(e\.g\. '2026-03-01' or '2026-03-01T14:30:00Z'\)$/,
    ],
    [
      "a day that does not exist",
      post,
      itemWith({ timestamp: "2025-02-30" }),
      422,
      "invalid_request",
      /2025-02-30/,
    ],
    ["the year 0", post, itemWith({ timestamp: "0000-01-01" }), 422, "invalid_request", /0000-01-01/],
    ["an empty single memory", "POST /v1/memories", { content: "" }, 422, "invalid_request", /content/],
    ["a body over the limit", post, items(20, "x".repeat(16_000)), 413, "invalid_request", /200000 bytes/],
    [
      "a single memory over the limit",
      "POST /v1/memories",
      { content: "x".repeat(200_001) },
      413,
      "invalid_request",
      /200000 bytes/,
    ],
    ["an offset below 0", "GET /v1/memories?offset=-1", undefined, 422, "invalid_request", /offset/],
    [
      "an offset that is too large for an integer",
      "GET /v1/memories?offset=99999999999",
      undefined,
      422,
      "invalid_request",
      /offset/,
    ],
    ["a job id in neither form", "GET /v1/batch/nope", undefined, 404, "not_found", /no such job/],
    ["an unknown route", "GET /v1/nothing", undefined, 404, "not_found", /no such route/],
    ["a wrong method", "DELETE /v1/batch/x", undefined, 405, "method_not_allowed", /GET/],
  ])("%s", async (_, route, body, status, code, message) => {
    const answer = await send(server, route, batch(server), body);
    expect(answer.status).toBe(status);
    expect(answer.body).toEqual({ code, message: expect.stringMatching(message) });
  });

  test("bytes that are not UTF-8", async () => {
    const body = Buffer.from([...Buffer.from('{"memories":[{"content":"'), 0xff, ...Buffer.from('"}]}')]);
    const response = await fetch(`${server.url}/v1/batch`, { method: "POST", headers: batch(server), body });
    expect([response.status, await response.json()]).toEqual([
      400,
      { code: "invalid_request", message: "the body is not UTF-8" },
    ]);
  });
});

test("a compressed body is refused with a message that says so", async () => {
  const headers = { ...batch(server), "content-encoding": "gzip" };
  expect(await send(server, "POST /v1/memories", headers, "x")).toMatchObject({
    status: 400,
    body: { code: "invalid_request", message: expect.stringContaining("content-encoding 'gzip'") },
  });
});

test("a refused batch stores nothing, not even its good items", async () => {
  const before = await send(server, "GET /v1/memories", batch(server));
  await send(server, "POST /v1/batch", batch(server), itemWith({ timestamp: "yesterday" }));
  const after = await send(server, "GET /v1/memories", batch(server));
  expect(after.body.total).toBe(before.body.total);
});

test.each([undefined, "", " \n"])("a body that may be empty may be left out: %j", async (body) => {
  const ask = (route: string, headers: Record<string, string>, sent?: unknown) =>
    send(server, route, headers, sent);
  const fact = { subject: "self", predicate: "drives", object: "a Fiat" };
  const { body: added } = await ask("POST /v1/facts", batch(server), fact);
  const forgotten = await ask(`POST /v1/facts/${added.id}/forget`, batch(server), body);
  expect(forgotten).toMatchObject({ status: 200, body: { id: added.id, status: "forgotten" } });

  const { body: group } = await ask("POST /v1/groups", ingest(server), { name: "Team" });
  const unchanged = await ask(`PATCH /v1/groups/${group.id}`, ingest(server), body);
  expect(unchanged).toMatchObject({ status: 200, body: { name: "Team" } });

  const untagged = await ask("PATCH /v1/memories/x", ingest(server), body);
  expect(untagged).toMatchObject({ status: 422, body: { error: { code: "empty_patch" } } });
});

describe("authentication and scopes", () => {
  const jobPath = "/v1/memories/jobs/job_00000000000000000000000000000000";
  const readOnly = { apiKey: "key-that-reads-only", orgId: "org_test" };
  test.each<[string, string, Record<string, string>, unknown, number, unknown]>([
    ["ingest without a key", `GET ${jobPath}`, {}, undefined, 401, "unauthorized"],
    [
      "ingest with a bad key",
      `GET ${jobPath}`,
      { "x-api-key": "bad", "x-org-id": "org_test" },
      undefined,
      401,
      "unauthorized",
    ],
    [
      "ingest without its org",
      `GET ${jobPath}`,
      { "x-api-key": "key-for-everything" },
      undefined,
      404,
      "job_not_found",
    ],
    [
      "ingest with an empty org",
      `GET ${jobPath}`,
      { "x-api-key": "key-for-everything", "x-org-id": "" },
      undefined,
      404,
      "job_not_found",
    ],
    [
      "ingest with another org",
      `GET ${jobPath}`,
      { "x-api-key": "key-for-everything", "x-org-id": "org_other" },
      undefined,
      403,
      "org_mismatch",
    ],
    [
      "batch with another org",
      "POST /v1/batch",
      { authorization: "Bearer key-for-everything", "x-org-id": "org_other" },
      { memories: [{ content: "Likes tea." }] },
      403,
      "forbidden",
    ],
    [
      "ingest with Bearer",
      `GET ${jobPath}`,
      { authorization: "Bearer key-for-everything" },
      undefined,
      404,
      "job_not_found",
    ],
    [
      "ingest with Token",
      `GET ${jobPath}`,
      { authorization: "Token key-for-everything" },
      undefined,
      404,
      "job_not_found",
    ],
    ["ingest without the scope", "POST /v1/memories", ingest(readOnly), conversation, 403, "forbidden"],
    ["batch without a key", "GET /v1/batch/x", {}, undefined, 401, "invalid_key"],
    [
      "batch with a bad key",
      "GET /v1/batch/x",
      { authorization: "Bearer bad" },
      undefined,
      401,
      "invalid_key",
    ],
    [
      "batch with another scheme",
      "GET /v1/batch/x",
      { authorization: "Basic a2V5LWFsbA==" },
      undefined,
      401,
      "invalid_key",
    ],
    ["batch without the scope", "POST /v1/batch", batch(readOnly), items(1), 403, "forbidden"],
    ["a shared path without a key", "GET /v1/memories", {}, undefined, 401, "invalid_key"],
    ["a conversation without a key", "POST /v1/memories", {}, conversation, 401, "unauthorized"],
    ["a memory without a key", "POST /v1/memories", {}, { content: "x" }, 401, "invalid_key"],
  ])("%s", async (_, route, headers, body, status, code) => {
    const answer = await send(server, route, headers, body);
    expect([answer.status, answer.body.error?.code ?? answer.body.code]).toEqual([status, code]);
  });

  test("a missing scope is named", async () => {
    const answer = await send(server, "POST /v1/batch", batch(readOnly), items(1));
    expect(answer.body.message).toBe("API key missing required scope(s): memories:write");
  });

  test("another organisation's ids are answered like unknown ids", async () => {
    const other = { apiKey: "key-of-another-org", orgId: "org_other" };
    const { body: job } = await send(server, "POST /v1/memories?wait=true", ingest(server), conversation);
    const { body: batchJob } = await send(server, "POST /v1/batch", batch(server), items(1));
    const memoryId = job.result.memories_created[0].id;
    const compare = async (route: string, missing: string, headers: Record<string, string>) => {
      const [theirs, nobodys] = await Promise.all([
        send(server, route, headers),
        send(server, missing, headers),
      ]);
      const shape = ({ status, body, headers: all }: typeof theirs) => {
        const text = JSON.stringify(body).replaceAll(/req_[0-9a-f]{32}/g, "req");
        return { status, text, headers: [...all.keys()], length: all.get("content-length") };
      };
      expect(shape(theirs)).toEqual(shape(nobodys));
      expect(theirs.status).toBe(404);
    };
    const nobody = "00000000-0000-4000-8000-000000000000";
    await compare(`GET /v1/memories/jobs/${job.id}`, `GET /v1/memories/jobs/${nobody}`, ingest(other));
    await compare(`GET /v1/batch/${batchJob.id}`, "GET /v1/batch/nope", batch(other));
    await compare(`GET /v1/memories/${memoryId}`, `GET /v1/memories/${nobody}`, ingest(other));
    await compare(`DELETE /v1/memories/${memoryId}`, `DELETE /v1/memories/${nobody}`, batch(other));
  });

  test("a batch is not an ingest job, and an ingest job is not a batch", async () => {
    const { body: job } = await send(server, "POST /v1/batch", batch(server), items(1));
    const answer = await send(server, `GET /v1/memories/jobs/${job.id}`, ingest(server));
    expect(answer.status).toBe(404);
  });
});

describe("a page in a browser", () => {
  const from = (origin: string) => send(server, "GET /v1/memories", { origin });

  test("of an allowed origin may send the necessary headers, and can read answers and errors", async () => {
    const preflight = await send(server, "OPTIONS /v1/memories", {
      origin: "https://app.example",
      "access-control-request-method": "DELETE",
      "access-control-request-headers": "authorization,idempotency-key",
    });
    expect(preflight.status).toBe(204);
    expect(Object.fromEntries(preflight.headers)).toMatchObject({
      "access-control-allow-origin": "https://app.example",
      "access-control-allow-methods": expect.stringContaining("DELETE"),
      "access-control-allow-headers": "authorization,idempotency-key",
    });
    const refused = await from("https://app.example");
    expect([refused.status, refused.headers.get("access-control-allow-origin")]).toEqual([
      401,
      "https://app.example",
    ]);
    const exposed = refused.headers.get("access-control-expose-headers")?.split(",");
    expect(exposed).toEqual(
      expect.arrayContaining(["etag", "preference-applied", "retry-after", "x-request-id"]),
    );
    expect(refused.headers.get("vary")).toMatch(/origin/i);
  });

  test("of any other origin may not", async () => {
    for (const origin of ["https://evil.example", "https://app.example.evil.example", "null"])
      expect((await from(origin)).headers.get("access-control-allow-origin")).toBeNull();
  });
});
