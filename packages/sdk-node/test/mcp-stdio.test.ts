// What clients of `memlane mcp` do to its standard streams.
import { once } from "node:events";
import { ingestJobs } from "@memlane/core/testing";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { sendJson, startHttpServer, unusedAddress, type Handler } from "./http-server.ts";
import { startMcp, type McpProcess } from "./mcp-process.ts";
import { sharedServer } from "./shared-server.ts";

const server = sharedServer(import.meta.url);
const start = (baseUrl = server.url) =>
  startMcp({ MEMLANE_API_KEY: server.apiKey, MEMLANE_BASE_URL: baseUrl, MEMLANE_USER_ID: "ann" });

/** Starts a process whose Memlane server is a script, and connects. */
async function startConnected(handle?: Handler): Promise<McpProcess> {
  const process = start(handle === undefined ? undefined : (await startHttpServer(handle)).baseUrl);
  await initialise(process);
  return process;
}

async function initialise({ send, next }: McpProcess, protocolVersion = "2025-11-25") {
  const clientInfo = { name: "test", version: "1" };
  send({ id: 0, method: "initialize", params: { protocolVersion, capabilities: {}, clientInfo } });
  const { result } = await next();
  send({ method: "notifications/initialized" });
  return result;
}

const call = (id: number | string, name: string, args: object = {}) => ({
  id,
  method: "tools/call",
  params: { name, arguments: args },
});
const ping = { id: "ping", method: "ping" };
const pingWith = (text: string) =>
  JSON.stringify({ jsonrpc: "2.0", id: 1, method: "ping", params: { text } });
const conversation = { messages: [{ role: "user", content: "I live in Lisbon." }] };

test.each([
  ["2024-11-05", "2024-11-05"],
  ["2025-03-26", "2025-03-26"],
  ["2025-06-18", "2025-06-18"],
  ["1999-12-31", "2025-11-25"],
])("a client that asks for version %s gets %s, and remembers", async (asked, given) => {
  const process = start();
  expect(await initialise(process, asked)).toMatchObject({
    protocolVersion: given,
    serverInfo: { name: "memlane" },
  });
  process.send(call(1, "add_memory", { text: `Ann uses version ${asked}.` }));
  expect(await process.next()).toMatchObject({ id: 1, result: { structuredContent: expect.anything() } });
  process.send(call(2, "search_memories", { query: `version ${asked}` }));
  const found = await process.next();
  expect(found.result.content[0].text).toContain(`- Ann uses version ${asked}. (`);
  expect(await process.end()).toEqual({ code: 0, stderr: "", messages: [] });
});

describe("a process that got", () => {
  let process: McpProcess;
  beforeAll(async () => {
    process = await startConnected();
  });
  afterAll(async () => {
    expect(await process.end()).toEqual({ code: 0, stderr: "", messages: [] });
  });

  test.each([
    ["broken JSON", '{"jsonrpc":"2.0","id":1,', null, -32_700],
    ["words", "Content-Length: 52", null, -32_700],
    ["control characters", "\u0000\ufffd", null, -32_700],
    ["a list", "[]", null, -32_600],
    ["null", "null", null, -32_600],
    ["a request without a version", '{"id":1,"method":"ping"}', 1, -32_600],
    ["neither a request nor an answer", '{"jsonrpc":"2.0"}', null, -32_600],
    ["a line of more than 10 MiB", pingWith("a".repeat(10 << 20)), null, -32_600],
    ["an unknown method", '{"jsonrpc":"2.0","id":1,"method":"no/such"}', 1, -32_601],
  ])("%s answers with the protocol's error, and goes on", async (_, line, id, code) => {
    process.write("");
    process.write(line);
    expect(await process.next()).toMatchObject({ id, error: { code, message: expect.any(String) } });
    process.send(ping);
    expect(await process.next()).toMatchObject({ id: "ping", result: {} });
  });

  test("a line of less than 10 MiB answers as usual", async () => {
    process.write(pingWith("a".repeat(9 << 20)));
    expect(await process.next()).toMatchObject({ id: 1, result: {} });
  });
});

test("a hundred calls at once each get their own answer", async () => {
  const process = await startConnected();
  for (let id = 0; id < 100; id++) {
    process.send(call(id, id % 2 === 0 ? "list_memories" : "add_memory", { text: `Note ${id}.` }));
  }
  const { code, messages } = await process.end();
  expect(code).toBe(0);
  expect(messages.map(({ id }) => id).toSorted((a, b) => a - b)).toEqual(
    Array.from({ length: 100 }, (__, id) => id),
  );
  expect(messages.filter(({ result }) => result?.isError !== undefined || result === undefined)).toEqual([]);
});

test("without a server, a call is an error that says what to check, and works as soon as there is one", async () => {
  const address = await unusedAddress();
  const process = start(`http://${address}`);
  await initialise(process);
  process.send(call(1, "list_memories"));
  const { result } = await process.next();
  expect(result.isError).toBe(true);
  const [{ text }] = result.content;
  expect(text).toMatch(new RegExp(`^GET http://${address}/v1/memories: no answer, connect ECONNREFUSED `));
  expect(text).toMatch(/\n.* --base-url or MEMLANE_BASE_URL\.\nThe next call tries again\.$/);
  await startHttpServer(
    (response) => sendJson(response, 200, { data: [], has_more: false, next_cursor: null }),
    address,
  );
  process.send(call(2, "list_memories"));
  expect(await process.next()).toMatchObject({ id: 2, result: { structuredContent: { memories: [] } } });
  expect(await process.end()).toMatchObject({ code: 0, stderr: "" });
});

test("with a wrong key, a call is an error that names the setting of the key", async () => {
  const process = startMcp({
    MEMLANE_API_KEY: "wrong",
    MEMLANE_BASE_URL: server.url,
    MEMLANE_USER_ID: "ann",
  });
  await initialise(process);
  process.send(call(1, "list_memories"));
  const { result } = await process.next();
  expect(result).toMatchObject({
    isError: true,
    content: [{ text: expect.stringMatching(/MEMLANE_API_KEY\.$/) }],
  });
  expect(await process.end()).toMatchObject({ code: 0, stderr: "" });
});

describe.each([
  ["its input closes", 0, ({ child }: McpProcess) => child.stdin!.end()],
  ["it gets SIGTERM", 130, ({ child }: McpProcess) => child.kill("SIGTERM")],
] as const)("the process ends when %s", (_, code, stop) => {
  test("at once if no answer is under way", async () => {
    const process = await startConnected();
    stop(process);
    expect(await process.ended()).toEqual({ code, stderr: "", messages: [] });
  });

  test("after the answer to a call that is under way", async () => {
    const process = await startConnected((response) => {
      stop(process);
      // Later than the process gets the signal.
      setTimeout(() => sendJson(response, 200, { data: [], has_more: false, next_cursor: null }), 300);
    });
    process.send(call(1, "list_memories"));
    expect(await process.ended()).toEqual({
      code,
      stderr: "",
      messages: [expect.objectContaining({ id: 1, result: expect.not.objectContaining({ isError: true }) })],
    });
  });

  test("without waiting for the job of a conversation that is stored", async () => {
    const process = await startConnected((response, { method }) => {
      if (method === "POST") sendJson(response, 202, ingestJobs.pending);
      else stop(process); // and no answer
    });
    process.send(call(1, "add_conversation", conversation));
    const { messages, ...end } = await process.ended();
    expect(end).toEqual({ code, stderr: "" });
    expect(messages).toMatchObject([
      { id: 1, result: { structuredContent: { job_id: ingestJobs.pending.id, status: "pending" } } },
    ]);
  });
});

test("a second signal ends the process without the answer", async () => {
  const process = await startConnected(() => {
    process.child.kill("SIGTERM");
    setTimeout(() => process.child.kill("SIGTERM"), 300);
  });
  process.send(call(1, "list_memories"));
  expect(await process.ended()).toEqual({ code: 130, stderr: "", messages: [] });
});

test("the process ends when its output is closed", async () => {
  const process = await startConnected();
  process.child.stdout!.destroy();
  process.send(ping);
  expect(await once(process.child, "exit")).toEqual([0, null]);
});
