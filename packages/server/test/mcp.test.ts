// The Model Context Protocol at `/mcp`, with the official SDK's own client.
import { execFile } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer, request } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startTestServer, type TestServer } from "@memlane/server/testing";
import { batch, ingest, send } from "./http.ts";
import { connectMcp, messagesOf, openTasks, sendMcp, type McpConnection } from "./mcp-client.ts";
import { createTestDatabase, startServerOnTestDatabase, type ServerOnTestDatabase } from "./test-database.ts";

const keys =
  "org_test:key-of-the-tests,org_test:key-that-only-reads:memories:read,org_test:key-that-only-writes:memories:write";
let server: ServerOnTestDatabase;
beforeAll(async () => {
  server = await startServerOnTestDatabase({
    environment: {
      MEMLANE_BOOTSTRAP_KEYS: keys,
      MEMLANE_CORS_ORIGINS: "https://app.example",
      MEMLANE_REQUESTS_PER_MINUTE: "10000",
    },
    apiKey: "key-of-the-tests",
  });
});
afterAll(() => server?.stop());

const runProgram = promisify(execFile);
const installed = (path: string) =>
  fileURLToPath(new URL(`../node_modules/@modelcontextprotocol/${path}`, import.meta.url));

const said = (content: string) => ({ messages: [{ role: "user", content, date: "2026-03-01T10:00:00Z" }] });

/** Connects, calls one tool, and disconnects. */
async function call(name: string, args: Record<string, unknown> = {}, connection: McpConnection = {}) {
  const client = await connectMcp(server, connection);
  try {
    const { content, structuredContent, isError } = await client.callTool({ name, arguments: args });
    const text = content.map((block) => (block.type === "text" ? block.text : block.type)).join("\n");
    return { text, fields: structuredContent as any, isError: isError === true };
  } finally {
    await client.close();
  }
}

const toolNames = async (connection?: McpConnection) => {
  const client = await connectMcp(server, connection);
  const { tools } = await client.listTools();
  await client.close();
  return tools.map(({ name }) => name);
};

const reading = ["get_context", "search_memories", "list_memories", "get_job"];
const writing = ["add_memory", "add_conversation", "forget_memory"];

describe.each(["newest", "2025-11-25"] as const)("a client of the %s version", (era) => {
  test("finds tools with a title, a description, hints and schemas", async () => {
    const client = await connectMcp(server, { era });
    const { tools } = await client.listTools();
    expect(tools.map(({ name }) => name)).toEqual([...reading, ...writing]);
    for (const { title, description, annotations, outputSchema } of tools) {
      expect(title).toBeTruthy();
      expect(description!.length).toBeGreaterThan(60);
      expect(annotations).toHaveProperty("readOnlyHint");
      expect(outputSchema?.type).toBe("object");
    }
    expect(tools.find(({ name }) => name === "forget_memory")?.annotations?.destructiveHint).toBe(true);
    expect(client.getInstructions()).toContain("get_context");
    await client.close();
  });

  test("adds a conversation, and finds what it said with its date and its source", async () => {
    const user = { era, query: `?user_id=remembers-${era}` };
    const added = await call(
      "add_conversation",
      { ...said("I live in Lisbon."), conversation_id: "c1" },
      user,
    );
    expect(added).toMatchObject({
      isError: false,
      fields: { status: "succeeded", created: ["User lives in Lisbon."] },
    });
    const found = await call("search_memories", { query: "Where do I live?" }, user);
    expect(found.text).toContain("- User lives in Lisbon. (2026-03-01; conversation c1; id ");
    expect(found.fields.memories).toContainEqual(
      expect.objectContaining({ type: "fact", date: "2026-03-01", source: "conversation c1" }),
    );
    const context = await call("get_context", { query: "Where do I live?" }, user);
    expect(context.text).toContain("## Known facts\n- User lives in Lisbon.");
    expect(context.text).toContain("## From earlier conversations\n- user, 1 March 2026: I live in Lisbon.");
    const job = await call("get_job", { job_id: added.fields.job_id }, user);
    expect(job.fields).toEqual(added.fields);
  });
});

test("adds a note with a date, and pages through what is remembered", async () => {
  const user = { query: "?user_id=notes" };
  for (const day of ["01", "02", "03"]) {
    await call("add_memory", { text: `Note of day ${day}.`, date: `2026-03-${day}` }, user);
  }
  const first = await call("list_memories", { limit: 2 }, user);
  expect(first.fields.memories.map(({ date, source }: any) => [date, source])).toEqual([
    ["2026-03-03", "added directly"],
    ["2026-03-02", "added directly"],
  ]);
  const { fields } = await call("list_memories", { limit: 2, cursor: first.fields.next_cursor }, user);
  expect(fields.memories).toHaveLength(1);
  expect(fields.next_cursor).toBeUndefined();
});

test("spells the id of a memory in one way, and accepts every way", async () => {
  const user = { query: "?user_id=one-spelling" };
  const { id } = (await call("add_memory", { text: "I like jazz." }, user)).fields;
  const digits = id.replaceAll("-", "");
  for (const [name, args] of [
    ["search_memories", { query: "jazz" }],
    ["list_memories", {}],
  ] as const) {
    expect((await call(name, args, user)).fields.memories, name).toMatchObject([{ id }]);
  }
  for (const spelling of [id, id.toUpperCase(), `mem_${digits}`, `mem_${digits.toUpperCase()}`]) {
    const answer = await call("forget_memory", { id: spelling }, user);
    expect(answer.fields, spelling).toMatchObject({ id, status: "needs_confirmation" });
    expect(answer.text).toContain(`id ${id}`);
  }
});

test("shows the profile and a job as resources, and a task with what is remembered as a prompt", async () => {
  const query = "?user_id=resources";
  const added = await call("add_conversation", said("I am allergic to nuts."), { query });
  const client = await connectMcp(server, { query });
  const { contents } = await client.readResource({ uri: "memlane://profile" });
  expect(contents[0]).toMatchObject({
    text: expect.stringContaining("- User is allergic to nuts. (2026-03-01"),
  });
  const job = await client.readResource({ uri: `memlane://jobs/${added.fields.job_id}` });
  expect(JSON.parse((job.contents[0] as any).text)).toEqual(added.fields);
  const { messages } = await client.getPrompt({
    name: "with_memory",
    arguments: { task: "Bake me a cake without nuts." },
  });
  expect(messages[0]!.content).toMatchObject({ text: expect.stringContaining("User is allergic to nuts.") });
  await client.close();
});

describe("the user", () => {
  test("is bound by the URL or by a header, and sees no other user's memories", async () => {
    const stored = await call(
      "add_memory",
      { text: "Ann hides a present." },
      { query: "", headers: { "x-memlane-user-id": "ann-2" } },
    );
    const bob = { query: "?user_id=bob" };
    expect((await call("search_memories", { query: "present" }, bob)).fields.memories).toEqual([]);
    expect(
      (await call("search_memories", { query: "present", user_id: "ann-2" }, bob)).fields.memories,
    ).toEqual([]);
    expect((await call("forget_memory", { id: stored.fields.id }, bob)).isError).toBe(true);
    expect(
      (await call("search_memories", { query: "present" }, { query: "?user_id=ann-2" })).fields.memories,
    ).toHaveLength(1);
  });

  test("cannot read another user's job", async () => {
    const { fields } = await call("add_conversation", said("I live in Rome."), { query: "?user_id=ann-3" });
    const job = await call("get_job", { job_id: fields.job_id }, { query: "?user_id=bob" });
    expect(job).toMatchObject({ isError: true, text: "there is no such job" });
    const task = await sendMcp(server, "tasks/get", { taskId: fields.job_id }, { query: "?user_id=bob" });
    expect(await task.json()).toMatchObject({ error: { code: -32_602 } });
  });

  test.each([
    ["is missing", "", {}, "set the user"],
    ["is empty", "?user_id=", {}, "user_id"],
    ["differs between URL and header", "?user_id=a", { "x-memlane-user-id": "b" }, "differ"],
  ])("is refused if it %s", async (_, query, headers, message) => {
    const answer = await sendMcp(server, "tools/list", {}, { query, headers });
    expect(answer.status).toBe(422);
    expect(((await answer.json()) as any).error.message).toContain(message);
  });
});

describe("the read-only mode", () => {
  test.each([
    ["the URL", { query: "?user_id=ann&read_only=true" }],
    ["a header", { headers: { "x-memlane-read-only": "true" } }],
  ])("by %s offers no tool that writes, and no cancel", async (_, connection) => {
    expect(await toolNames(connection)).toEqual(reading);
    const cancel = await sendMcp(server, "tasks/cancel", { taskId: "job_1" }, connection);
    expect(await cancel.json()).toMatchObject({ error: { code: -32_601 } });
  });

  test("is the only mode of a key that may not write", async () => {
    const reader = { url: server.url, apiKey: "key-that-only-reads" };
    const client = await connectMcp(reader);
    expect((await client.listTools()).tools.map(({ name }) => name)).toEqual(reading);
    await client.close();
  });
});

describe("forget_memory", () => {
  const stored = async (text: string) => (await call("add_memory", { text })).fields.id as string;
  const isStored = async (id: string) =>
    (await send(server, `GET /v1/memories/${id}`, batch(server))).status === 200;

  test.each(["newest", "2025-11-25"] as const)(
    "deletes nothing without a confirmation if the client (%s) cannot ask",
    async (era) => {
      const id = await stored("I like jazz.");
      const first = await call("forget_memory", { id }, { era });
      expect(first.fields).toMatchObject({ status: "needs_confirmation", text: "I like jazz." });
      expect((await call("forget_memory", { id, confirmation: "yes" }, { era })).fields.status).toBe(
        "needs_confirmation",
      );
      expect(await isStored(id)).toBe(true);
      const { confirmation } = first.fields;
      expect((await call("forget_memory", { id, confirmation }, { era })).fields.status).toBe("forgotten");
      expect(await isStored(id)).toBe(false);
    },
  );

  test.each([
    ["declines", { action: "decline" }, "kept"],
    ["leaves the box empty", { action: "accept", content: { forget: false } }, "kept"],
    ["agrees", { action: "accept", content: { forget: true } }, "forgotten"],
  ] as const)("asks the user, who %s", async (_, answer, status) => {
    const id = await stored("I like opera.");
    const client = await connectMcp(server, { capabilities: { elicitation: { form: {} } } });
    const questions: string[] = [];
    client.setRequestHandler("elicitation/create", ({ params }) => {
      questions.push(params.message);
      return answer;
    });
    // A confirmation from the model does not replace the user's answer.
    const { structuredContent } = await client.callTool({
      name: "forget_memory",
      arguments: { id, confirmation: "x" },
    });
    await client.close();
    expect(questions).toEqual([expect.stringContaining("I like opera.")]);
    expect(structuredContent).toMatchObject({ status });
    expect(await isStored(id)).toBe(status === "kept");
  });
});

describe("access", () => {
  test("without a valid key is refused with a challenge that leads to the metadata", async () => {
    const refused = await fetch(`${server.url}/mcp`, { method: "POST", body: "{}" });
    expect(refused.status).toBe(401);
    const [, metadata] = /^Bearer resource_metadata="(.*)"$/.exec(refused.headers.get("www-authenticate")!)!;
    const document = { resource: `${server.url}/mcp`, bearer_methods_supported: ["header"] };
    expect(await (await fetch(metadata!)).json()).toMatchObject(document);
    expect((await send(server, "GET /.well-known/oauth-protected-resource")).body).toMatchObject(document);
    expect((await sendMcp({ ...server, apiKey: "wrong" }, "tools/list")).status).toBe(401);
  });

  test("needs the scope to read, a key and not a job token, and the key's own organisation", async () => {
    expect((await sendMcp({ ...server, apiKey: "key-that-only-writes" }, "tools/list")).status).toBe(403);
    const body = { ...said("Hi."), user_id: "u", conv_id: "c" };
    const { token } = (await send(server, "POST /v1/memories?token=true", ingest(server), body)).body;
    const byToken = await sendMcp({ ...server, apiKey: token }, "tools/list");
    expect([byToken.status, byToken.headers.get("ratelimit-remaining")]).toEqual([403, "9999"]); // not the key's
    const ofOrg = (id: string) => sendMcp(server, "tools/list", {}, { headers: { "x-org-id": id } });
    expect((await ofOrg("org_other")).status).toBe(403);
    expect((await ofOrg("")).status).toBe(200);
  });

  test("is refused to pages of other origins", async () => {
    const from = async (origin: string) =>
      (await sendMcp(server, "tools/list", {}, { headers: { origin } })).status;
    expect(await from("https://evil.example")).toBe(403);
    expect(await from("https://app.example")).toBe(200);
    expect(await from("http://localhost:5173")).toBe(200);
  });

  test("to a body that is not JSON answers with the protocol's error", async () => {
    const headers = { ...batch(server), "content-type": "application/json" };
    const answer = await fetch(`${server.url}/mcp?user_id=a`, { method: "POST", headers, body: "{" });
    expect([answer.status, await answer.json()]).toMatchObject([400, { error: { code: -32_700 } }]);
  });

  test("a list of messages is refused, because it would count as one request", async () => {
    const list = { jsonrpc: "2.0", id: 1, method: "tools/list" };
    const answer = await send(server, "POST /mcp?user_id=ann", batch(server), [list, list]);
    expect([answer.status, answer.body.error.code]).toEqual([422, -32_600]);
  });

  test("counts one request for a message, however many calls it needs, and logs its tool", async () => {
    const left = async () => {
      const answer = await sendMcp(server, "tools/call", { name: "get_context", arguments: { query: "x" } });
      return Number(answer.headers.get("ratelimit-remaining"));
    };
    const before = await left();
    expect(await left()).toBe(before - 1);
    expect(server.logs.some((line) => line.includes(`"mcp":"tools/call get_context"`))).toBe(true);
  });
});

describe("a conversation is a task of a client that declares tasks", () => {
  let postgres: string;
  let api: TestServer;
  // Without a worker, jobs stay in the queue.
  const start = (command: "api" | "serve", url: string) =>
    startTestServer({ command, environment: { DATABASE_URL: url }, apiKey: "key-of-the-tests" });
  beforeAll(async () => {
    postgres = await createTestDatabase();
    api = await start("api", postgres);
  });
  afterAll(() => api?.stop());

  const create = async (text = "I live in Oslo.") => {
    const answer = await sendMcp(api, "tools/call", { name: "add_conversation", arguments: said(text) });
    return ((await answer.json()) as any).result;
  };
  const get = async (taskId: string, on = api) =>
    ((await (await sendMcp(on, "tasks/get", { taskId })).json()) as any).result;

  test("that exists as soon as it is announced, and says when to ask again", async () => {
    const created = await create();
    expect(created).toMatchObject({
      resultType: "task",
      taskId: expect.stringMatching(/^job_/),
      status: "working",
      ttlMs: null,
      pollIntervalMs: expect.any(Number),
    });
    expect(await get(created.taskId)).toMatchObject({
      resultType: "complete",
      status: "working",
      taskId: created.taskId,
    });
  });

  test("that can be cancelled, with a notification to its listeners", async () => {
    const { taskId } = await create();
    const stream = await sendMcp(api, "subscriptions/listen", {
      notifications: { taskIds: [taskId, "job_unknown"] },
    });
    expect(stream.headers.get("content-type")).toBe("text/event-stream");
    const seen = [];
    for await (const { method, params, result } of messagesOf(stream)) {
      seen.push(method === undefined ? result.resultType : (params.status ?? params.notifications));
      if (params?.status === "working") await sendMcp(api, "tasks/cancel", { taskId });
    }
    expect(seen).toEqual([{ taskIds: [taskId] }, "working", "cancelled", "complete"]);
    const again = await sendMcp(api, "tasks/cancel", { taskId });
    expect(await again.json()).toMatchObject({ result: { resultType: "complete" } });
  });

  test("and only of such a client", async () => {
    const { taskId } = await create();
    for (const [method, params] of [
      ["tasks/get", { taskId }],
      ["tasks/cancel", { taskId }],
      ["subscriptions/listen", { notifications: { taskIds: [taskId] } }],
    ] as const) {
      const answer = await sendMcp(api, method, params, { extensions: {} });
      const error = answer.headers.get("content-type")!.includes("json")
        ? ((await answer.json()) as any).error
        : (await messagesOf(answer).next()).value.error;
      expect(error.code, method).toBe(-32_021);
    }
    expect(await (await sendMcp(api, "tasks/get", { taskId: "job_1" })).json()).toMatchObject({
      error: { code: -32_602 },
    });
  });

  test("whose result official clients get from another process, after the first was killed", async () => {
    const url = await createTestDatabase();
    const first = await start("api", url);
    const answer = await sendMcp(first, "tools/call", {
      name: "add_conversation",
      arguments: said("I live in Bergen."),
    });
    const { taskId } = ((await answer.json()) as any).result;
    await first.kill();
    const second = await start("serve", url);
    try {
      const stream = await sendMcp(second, "subscriptions/listen", { notifications: { taskIds: [taskId] } });
      let last;
      for await (const { params } of messagesOf(stream)) last = params ?? last;
      const result = { structuredContent: { status: "succeeded", created: ["User lives in Bergen."] } };
      expect(last).toMatchObject({ taskId, status: "completed", result });
      const task = await get(taskId, second);
      expect(task).toMatchObject({ status: "completed", result });
      expect(task.ttlMs).toBeGreaterThan(3_600_000);

      const client = await connectMcp(second, {
        capabilities: { extensions: { "io.modelcontextprotocol/tasks": {} } },
      });
      const session = openTasks(second, client);
      const execution = await session.callTool("add_conversation", said("I work as a baker."));
      const { outcome } = await execution.settle();
      expect(outcome).toMatchObject({
        status: "completed",
        result: { structuredContent: { created: [expect.stringContaining("baker")] } },
      });
      await session.close();
      await client.close();
    } finally {
      await second.stop();
    }
  });
});

/** Scenarios of the conformance suite that cannot pass, by the reason. */
const notOurs = {
  "call a tool that only the suite's example server has": [
    ...["simple-text", "image", "audio", "embedded-resource", "mixed-content", "error"].map(
      (name) => `tools-call-${name}`,
    ),
    ...["with-logging", "with-progress", "sampling", "elicitation"].map((name) => `tools-call-${name}`),
    "elicitation-sep1034-defaults",
    "elicitation-sep1330-enums",
  ],
  "read a resource that only the suite's example server has": [
    "resources-read-text",
    "resources-read-binary",
    "resources-templates-read",
  ],
  "get a prompt that only the suite's example server has": [
    "prompts-get-simple",
    "prompts-get-with-args",
    "prompts-get-embedded-resource",
    "prompts-get-with-image",
  ],
  "need a session, but we keep nothing between requests": [
    "server-sse-multiple-streams",
    "resources-subscribe",
    "resources-unsubscribe",
  ],
  "need logs for the client, but our logs are for the operator": ["logging-set-level"],
  "need completion, but our only arguments are a task in the user's words and the id of a job": [
    "completion-complete",
  ],
};

test("the official conformance suite passes, but for the scenarios that are not ours", async () => {
  const folder = await mkdtemp(join(tmpdir(), "memlane-conformance-"));
  const expected = Object.values(notOurs).flat();
  await writeFile(
    join(folder, "expected.yml"),
    ["server:", ...expected.map((name) => `  - ${name}`)].join("\n"),
  );
  // The suite has no option for a key.
  const proxy = createServer((incoming, outgoing) => {
    const { method, headers } = incoming;
    const withKey = { ...headers, authorization: `Bearer ${server.apiKey}` };
    incoming.pipe(
      request(`${server.url}/mcp?user_id=conformance`, { method, headers: withKey }, (answer) => {
        outgoing.writeHead(answer.statusCode!, answer.headers);
        answer.pipe(outgoing);
      }),
    );
  });
  proxy.listen(0, "127.0.0.1");
  await once(proxy, "listening");
  try {
    const url = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}/mcp`;
    const args = ["server", "--url", url, "--expected-failures", "expected.yml", "--output-dir", folder];
    const { stdout } = await runProgram(process.execPath, [installed("conformance/dist/index.js"), ...args], {
      cwd: folder,
    });
    expect(stdout).toContain("dns-rebinding-protection: 2 passed, 0 failed");
  } finally {
    proxy.closeAllConnections();
    proxy.close();
    await rm(folder, { recursive: true, force: true });
  }
});
