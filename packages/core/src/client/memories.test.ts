import { describe, expect, test } from "vitest";
import { MemlaneError } from "../errors/memlane-error.ts";
import { ingestJobs } from "../testing/ingest-fixtures.ts";
import { createScriptedRuntime } from "../testing/scripted-runtime.ts";
import type { TransportScript } from "../testing/scripted-transport.ts";
import { createClient } from "./client.ts";

function connect(script: TransportScript) {
  const runtime = createScriptedRuntime(script);
  return { ...runtime, client: createClient(runtime, { apiKey: "key", orgId: "org" }) };
}

const memory = (id: string) => ({
  id,
  object: "memory",
  type: "fact",
  text: "Likes tea.",
  created_at: "2026-01-01T00:00:00Z",
  updated_at: "2026-01-01T00:00:00Z",
});
const page = (ids: readonly string[], next_cursor: string | null, has_more = next_cursor !== null) => ({
  object: "list",
  data: ids.map(memory),
  has_more,
  next_cursor,
});
const conversation = { messages: [{ role: "user", content: "I like tea." }], user_id: "u", conv_id: "c" };

describe("each call is one request of the ingest dialect", () => {
  const calls = {
    ingest: {
      call: (client) => client.memories.ingest(conversation),
      request: { method: "POST", path: "/v1/memories", query: {}, body: JSON.stringify(conversation) },
      reply: { status: 202, json: ingestJobs.pending },
    },
    "ingest and wait": {
      call: (client) => client.memories.ingest(conversation, { wait: true }),
      request: { method: "POST", path: "/v1/memories", query: { wait: "true" } },
      reply: { json: ingestJobs.succeeded },
    },
    get: {
      call: (client) => client.memories.get("a b"),
      request: { method: "GET", path: "/v1/memories/a%20b", query: {}, body: undefined },
      reply: { json: memory("a b") },
    },
    revisions: {
      call: (client) => client.memories.revisions("a"),
      request: { method: "GET", path: "/v1/memories/a/revisions", query: {}, body: undefined },
      reply: {
        json: { object: "list", data: [memory("b"), memory("a")], has_more: false, next_cursor: null },
      },
    },
    listPage: {
      call: (client) => client.memories.listPage({ user_id: "u", limit: 2 }),
      request: { method: "GET", path: "/v1/memories", query: { user_id: "u", limit: "2" } },
      reply: { json: page(["a"], null) },
    },
    search: {
      call: (client) => client.memories.search({ query: "tea", user_id: "u" }),
      request: {
        method: "POST",
        path: "/v1/memories/search",
        body: JSON.stringify({ query: "tea", user_id: "u" }),
      },
      reply: { json: { object: "search", mode: "compose", data: [memory("a")], context: "- Likes tea." } },
    },
    delete: {
      call: (client) => client.memories.delete("a"),
      request: { method: "DELETE", path: "/v1/memories/a" },
      reply: { status: 204 },
    },
    "ingest with a token": {
      call: (client) => client.memories.ingest({ messages: [], user_id: "u", conv_id: "c" }, { token: 900 }),
      request: { method: "POST", path: "/v1/memories", query: { token: "900" } },
      reply: { status: 202, json: { ...ingestJobs.pending, token: "e.y.J" } },
    },
    "jobs.createToken": {
      call: (client) => client.memories.jobs.createToken("job_1", { lifetimeSeconds: 60 }),
      request: { method: "POST", path: "/v1/jobs/job_1/token", query: { expires_in: "60" } },
      reply: {
        json: {
          object: "job_token",
          id: "job_1",
          token: "e.y.J",
          expires_at: "2026-11-25T11:00:00.000Z",
        },
      },
    },
    "jobs.get": {
      call: (client) => client.memories.jobs.get("job_1"),
      request: { method: "GET", path: "/v1/memories/jobs/job_1", retry: "default" },
      reply: { json: ingestJobs.running },
    },
  } satisfies Record<
    string,
    {
      call: (client: ReturnType<typeof createClient>) => Promise<unknown>;
      request: object;
      reply: object;
    }
  >;

  test.each(Object.entries(calls))("%s", async (_, { call, request, reply }) => {
    const { client, requests } = connect([reply]);
    await call(client);
    expect(requests).toHaveLength(1);
    expect(requests[0]).toMatchObject({
      ...request,
      headers: { "x-api-key": "key", "x-org-id": "org", accept: "application/json" },
    });
  });
});

test("create stores one memory in the batch dialect, with a key, so that it can be repeated", async () => {
  const stored = {
    id: "mem_018ba85a1d207c3d8a1b0123456789ab",
    content: "Likes tea.",
    user_id: "u",
    agent_id: null,
    run_id: null,
    metadata: {},
    occurred_at: null,
    created_at: "2026-01-01T00:00:00Z",
    updated_at: "2026-01-01T00:00:00Z",
  };
  const { client, requests } = connect([{ status: 201, json: { ...stored, facts: [], status: "ready" } }]);
  expect(await client.memories.create({ content: "Likes tea.", user_id: "u" })).toEqual({
    ...stored,
    facts: [],
    status: "ready",
  });
  expect(requests).toMatchObject([
    {
      method: "POST",
      path: "/v1/memories",
      headers: { authorization: "Bearer key", "idempotency-key": expect.any(String) },
      body: JSON.stringify({ content: "Likes tea.", user_id: "u" }),
    },
  ]);
  expect(requests[0]?.headers).not.toHaveProperty("x-org-id"); // with it the server would expect a conversation
});

test("only a request with a body has a content type", async () => {
  const { client, requests } = connect([{ json: memory("a") }, { json: ingestJobs.pending }]);
  await client.memories.get("a");
  await client.memories.ingest(conversation);
  expect(requests.map(({ headers }) => headers["content-type"])).toEqual([undefined, "application/json"]);
});

test("without an organisation no such header is sent", async () => {
  const runtime = createScriptedRuntime([{ json: memory("a") }]);
  await createClient(runtime, { apiKey: "key" }).memories.get("a");
  expect(runtime.requests[0]?.headers).not.toHaveProperty("x-org-id");
});

test("the signal and timeout of a call reach its request", async () => {
  const { client, requests } = connect([{ json: memory("a") }]);
  const { signal } = new AbortController();
  await client.memories.get("a", { signal, timeoutMs: 7 });
  expect(requests[0]).toMatchObject({ signal, timeoutMs: 7 });
});

test("ingest with `wait` gives the server 30 s to answer", async () => {
  const { client, requests } = connect(() => ({ json: ingestJobs.succeeded }));
  await client.memories.ingest(conversation, { wait: true });
  await client.memories.ingest(conversation, { wait: true, timeoutMs: 5000 });
  await client.memories.ingest(conversation);
  expect(requests.map(({ timeoutMs }) => timeoutMs)).toEqual([40_000, 5000, undefined]);
});

test("a field that the server leaves out reads as null or empty", async () => {
  const { client } = connect([{ json: memory("a") }]);
  expect(await client.memories.get("a")).toMatchObject({ user_id: null, group_ids: [], score: null });
});

// A program without types may pass no id, or the job instead of its id.
const noStrings = [undefined, null, 7, { id: "job_1" }] as unknown as string[];

test.each(["", ".", "..", "\u{d800}", ...noStrings])(
  "%j as an id is refused, because it would address another resource",
  async (id) => {
    const { client, requests } = connect([]);
    await expect(client.memories.get(id)).rejects.toMatchObject({ code: "invalid_request" });
    await expect(client.memories.delete(id)).rejects.toSatisfy(MemlaneError.is);
    await expect(client.memories.jobs.get(id)).rejects.toSatisfy(MemlaneError.is);
    await expect(client.memories.jobs.pollUntilDone(id)).rejects.toSatisfy(MemlaneError.is);
    await expect(client.batch.get(id)).rejects.toSatisfy(MemlaneError.is);
    await expect(client.jobs.cancel(id)).rejects.toSatisfy(MemlaneError.is);
    expect(requests).toEqual([]);
  },
);

test.each(["a/b", "a?b", "a#b", "%2e%2e", "é"])("%j as an id stays one segment of the path", async (id) => {
  const { client, requests } = connect([{ json: memory(id) }]);
  await client.memories.get(id);
  const { pathname } = new URL(requests[0]?.path ?? "", "http://localhost");
  expect(pathname).toBe(`/v1/memories/${encodeURIComponent(id)}`);
});

async function readAll(list: AsyncIterable<{ readonly id: string }>): Promise<string[]> {
  const ids: string[] = [];
  for await (const { id } of list) ids.push(id);
  return ids;
}

describe("list", () => {
  test("follows the cursor to the last page and keeps the query", async () => {
    const { client, requests } = connect([
      { json: page(["a", "b"], "1") },
      { json: page([], "2") },
      { json: page(["c"], null) },
    ]);
    expect(await readAll(client.memories.list({ user_id: "u" }))).toEqual(["a", "b", "c"]);
    expect(requests.map(({ query }) => query)).toEqual([
      { user_id: "u" },
      { user_id: "u", cursor: "1" },
      { user_id: "u", cursor: "2" },
    ]);
  });

  test("ends if the server says that there are no more, even with a cursor", async () => {
    const { client } = connect([{ json: page(["a"], "1", false) }]);
    expect(await readAll(client.memories.list())).toEqual(["a"]);
  });

  test("reads no page that is not needed", async () => {
    const { client, requests } = connect([{ json: page(["a", "b"], "1") }]);
    for await (const { id } of client.memories.list()) {
      if (id === "b") break;
    }
    expect(requests).toHaveLength(1);
  });

  test("starts at the caller's cursor", async () => {
    const { client, requests } = connect([{ json: page(["a"], null) }]);
    await readAll(client.memories.list({ cursor: "5" }));
    expect(requests[0]?.query).toEqual({ cursor: "5" });
  });
});

test.each([300, 302, 304, 400, 500])("the status %i is an error, whatever its body", async (status) => {
  const { client } = connect([{ status, json: memory("a") }]);
  await expect(client.memories.get("a")).rejects.toMatchObject({ status });
});

describe("an answer that violates the wire", () => {
  test.each(["<html>", "", "null", "[]", '"job"', "{}", '{"id":1}', '{"id":"a"'])(
    "%j is unreadable_response and keeps status and request id",
    async (text) => {
      const { client } = connect([{ text, headers: { "x-request-id": "req_1" } }]);
      await expect(client.memories.get("a")).rejects.toMatchObject({
        code: "unreadable_response",
        status: 200,
        requestId: "req_1",
      });
    },
  );

  test("the message names the path of the wrong field", async () => {
    const { client } = connect([{ json: { ...page(["a"], null), data: [{ id: 1 }] } }]);
    await expect(client.memories.listPage()).rejects.toThrow("data.0.id");
  });

  test("the message says that the answer is not JSON", async () => {
    const { client } = connect([{ text: "<html>" }]);
    await expect(client.memories.get("a")).rejects.toThrow("not JSON");
  });

  test("an integer that would be rounded is refused, and one in a text is not", async () => {
    const text = JSON.stringify({ ...memory("a"), text: "12345678901234567890" });
    const { client } = connect([{ text }, { text: text.replace("{", '{"serial":12345678901234567890,') }]);
    expect((await client.memories.get("a")).text).toBe("12345678901234567890");
    await expect(client.memories.get("a")).rejects.toThrow("the integer 12345678901234567890");
  });
});
