// `memlane mcp` as a process, with the official SDK's client and with plain messages.
import { fileURLToPath } from "node:url";
import { Client, type ClientOptions } from "@modelcontextprotocol/client";
import { StdioClientTransport } from "@modelcontextprotocol/client/stdio";
import { describe, expect, test } from "vitest";
import { startMcp } from "./mcp-process.ts";
import { runCli } from "./run-cli.ts";
import { sharedServer } from "./shared-server.ts";

const cli = fileURLToPath(new URL("../dist/cli.js", import.meta.url));
const newest = "2026-07-28";
const server = sharedServer(import.meta.url);

// No organisation: the key has one.
const environment = () => ({ MEMLANE_API_KEY: server.apiKey, MEMLANE_BASE_URL: server.url });
const conversation = (content: string) => ({
  name: "add_conversation",
  arguments: { messages: [{ role: "user", content }] },
});

async function connect(
  args: readonly string[],
  { era, ...options }: ClientOptions & { readonly era: "newest" | "2025-11-25" },
) {
  const client = new Client(
    { name: "test", version: "1" },
    { ...options, versionNegotiation: { mode: era === "newest" ? { pin: newest } : "legacy" } },
  );
  await client.connect(
    new StdioClientTransport({ command: process.execPath, args: [cli, "mcp", ...args], env: environment() }),
  );
  return client;
}

describe.each(["newest", "2025-11-25"] as const)("a client of the %s version", (era) => {
  test("remembers, finds and forgets, and the user is asked first", async () => {
    const client = await connect(["--user-id", `ann-${era}`], {
      era,
      capabilities: { elicitation: { form: {} } },
    });
    const asked: string[] = [];
    client.setRequestHandler("elicitation/create", ({ params }) => {
      asked.push(params.message);
      return { action: "accept", content: { forget: true } };
    });
    const added = await client.callTool(conversation("I live in Lisbon."));
    expect(added.structuredContent).toMatchObject({
      status: "succeeded",
      created: ["User lives in Lisbon."],
    });
    const query = { name: "search_memories", arguments: { query: "Where do I live?", type: "fact" } };
    const found = (await client.callTool(query)).structuredContent as any;
    expect(found.memories).toMatchObject([{ text: "User lives in Lisbon." }]);
    const forgotten = await client.callTool({
      name: "forget_memory",
      arguments: { id: found.memories[0].id },
    });
    expect(asked).toEqual([expect.stringContaining("User lives in Lisbon.")]);
    expect(forgotten.structuredContent).toMatchObject({ status: "forgotten" });
    expect((await client.callTool(query)).structuredContent).toMatchObject({ memories: [] });
    await client.close();
  });
});

test("the tools that write are missing with --read-only", async () => {
  const client = await connect(["--user-id", "ann", "--read-only"], { era: "newest" });
  const { tools } = await client.listTools();
  expect(tools.every(({ annotations }) => annotations?.readOnlyHint)).toBe(true);
  await client.close();
});

test("a user is required", async () => {
  expect(await runCli(["mcp"], { environment: environment() })).toMatchObject({
    code: 2,
    stdout: "",
    stderr: expect.stringContaining("MEMLANE_USER_ID"),
  });
});

/** A process that speaks the newest version line by line, as a client that declares tasks. */
function startWithTasks() {
  const { send, next, end } = startMcp({ ...environment(), MEMLANE_USER_ID: "ann-tasks" });
  const _meta = {
    "io.modelcontextprotocol/protocolVersion": newest,
    "io.modelcontextprotocol/clientInfo": { name: "test", version: "1" },
    "io.modelcontextprotocol/clientCapabilities": { extensions: { "io.modelcontextprotocol/tasks": {} } },
  };
  return {
    send: (id: number, method: string, params: object) => send({ id, method, params: { ...params, _meta } }),
    next,
    end,
  };
}

test("a conversation is a task whose result another process gets, with notifications", async () => {
  const first = startWithTasks();
  first.send(1, "tools/call", conversation("I live in Bergen."));
  const { result } = await first.next();
  expect(result).toMatchObject({ resultType: "task", status: "working" });
  expect(await first.end()).toEqual({ code: 0, stderr: "", messages: [] });

  const { taskId } = result;
  const second = startWithTasks();
  second.send(1, "subscriptions/listen", { notifications: { taskIds: [taskId] } });
  expect(await second.next()).toMatchObject({ params: { notifications: { taskIds: [taskId] } } });
  let last = await second.next();
  while (last.params.status === "working") last = await second.next();
  const done = { status: "completed", result: { structuredContent: { created: ["User lives in Bergen."] } } };
  expect(last).toMatchObject({ method: "notifications/tasks", params: { taskId, ...done } });
  expect(await second.next()).toMatchObject({ id: 1, result: { resultType: "complete" } });
  second.send(2, "tasks/get", { taskId });
  expect(await second.next()).toMatchObject({ id: 2, result: done });
  expect(await second.end()).toEqual({ code: 0, stderr: "", messages: [] });
});
