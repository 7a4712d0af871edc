import { createClient, type MemlaneError } from "@memlane/core";
import { createScriptedRuntime, ingestJobs, type ScriptedReply } from "@memlane/core/testing";
import { Client } from "@modelcontextprotocol/client";
import { InMemoryTransport } from "@modelcontextprotocol/server";
import { countTokens } from "gpt-tokenizer";
import { describe, expect, test } from "vitest";
import { createMcpServer } from "./create-mcp-server.ts";
import type { MemoryAccess } from "./memory-access.ts";

type Answer = (path: string, number: number, method: string) => ScriptedReply;

/** Connects the SDK's client to an MCP server whose Memlane server follows a script. */
async function connect(answer: Answer, options: Partial<MemoryAccess> = {}) {
  const runtime = createScriptedRuntime(({ path, method }, number) => answer(path, number, method));
  const server = createMcpServer({
    client: createClient(runtime, { apiKey: "key", orgId: "org" }),
    userId: "ann",
    ...options,
  });
  const [ours, theirs] = InMemoryTransport.createLinkedPair();
  const client = new Client({ name: "test", version: "1" });
  await Promise.all([server.connect(ours), client.connect(theirs)]);
  return { client, ...runtime };
}

const memoryWith = (text: string, number: number) => ({
  id: `01a23369-76a1-70f8-a9c4-${String(number).padStart(12, "0")}`,
  type: number % 2 === 0 ? "fact" : "episode",
  text,
  user_id: "ann",
  conv_id: `conversation-${number}-${"x".repeat(200)}`,
  agent_id: "an agent with a long name ".repeat(5),
  created_at: "2026-03-01T10:00:00.000Z",
  updated_at: "2026-03-01T10:00:00.000Z",
  details: {
    occurred_at: "2026-03-01T10:00:00.000Z",
    valid_from: "2026-02-01T00:00:00.000Z",
    status: "active",
  },
});

const tiringTexts = {
  "long English": "Ann moved to Lisbon because she wanted to work near the ocean. ".repeat(200),
  "short English": "Ann likes tea.",
  Chinese: "安娜春天搬到了里斯本，现在是一名海洋生物学家。".repeat(100),
  Arabic: "انتقلت آنا إلى لشبونة في الربيع. ".repeat(100),
  emoji: "👩‍🔬🌊🇵🇹🦑".repeat(300),
  base64: "aGVsbG8gd29ybGQhIQ+/9xYzQw==".repeat(100),
  JSON: '{"a":["\\n\\"",1.5e-3]}\n\t'.repeat(200),
};

describe.each(Object.entries(tiringTexts))(
  "no answer exceeds 2,000 tokens with memories in %s",
  (_, text) => {
    const data = Array.from({ length: 50 }).map((_value, number) => memoryWith(text, number));
    const references = data.map(({ id }) => ({ id, type: "fact", text }));
    const job = {
      ...ingestJobs.succeeded,
      result: { ...ingestJobs.succeeded.result, memories_created: references, memories_updated: references },
    };
    const answer: Answer = (path, _number, method) => {
      if (path === "/v1/memories" && method === "POST") return { status: 202, json: ingestJobs.pending };
      if (path.startsWith("/v1/memories/jobs")) return { json: job };
      if (path.startsWith("/v1/memories/search")) return { json: { mode: "retrieve", data } };
      if (path === "/v1/memories") return { json: { data, has_more: true, next_cursor: "cursor" } };
      return { json: data[0] };
    };

    test.each([
      ["search_memories", { query: "q", limit: 50 }],
      ["get_context", { query: "q" }],
      ["get_context", { query: "q", token_budget: 920 }],
      ["list_memories", { limit: 50 }],
      ["get_job", { job_id: "job_1" }],
      ["forget_memory", { id: "mem_1" }],
      ["add_conversation", { messages: [{ role: "user", content: text }] }],
    ])("%s", async (name, args) => {
      const { client } = await connect(answer);
      const result = await client.callTool({ name, arguments: args });
      expect(result.isError ?? false).toBe(false);
      expect(countTokens(JSON.stringify(result))).toBeLessThanOrEqual(2000);
      // The lines name their source and date, and what did not fit is counted.
      if (/^(?:search|list|get_context|forget)/.test(name))
        expect(JSON.stringify(result)).toContain("2026-03-01; true since 2026-02-01");
    });

    test("a job as a resource", async () => {
      const { client } = await connect(answer);
      const result = await client.readResource({ uri: "memlane://jobs/job_1" });
      expect(countTokens(JSON.stringify(result))).toBeLessThanOrEqual(2000);
    });

    test("the prompt", async () => {
      const { client } = await connect(answer);
      const result = await client.getPrompt({
        name: "with_memory",
        arguments: { task: text.slice(0, 1500) },
      });
      expect(countTokens(JSON.stringify(result))).toBeLessThanOrEqual(2000);
    });

    test("the profile", async () => {
      const { client } = await connect(answer);
      const result = await client.readResource({ uri: "memlane://profile" });
      expect(countTokens(JSON.stringify(result))).toBeLessThanOrEqual(2000);
    });
  },
);

test("counts the memories that did not fit, and hides a cursor that would skip them", async () => {
  const data = Array.from({ length: 50 }, (_, number) => memoryWith("Ann likes tea.", number));
  const { client } = await connect(() => ({ json: { data, has_more: true, next_cursor: "cursor" } }));
  const { structuredContent } = await client.callTool({ name: "list_memories", arguments: { limit: 50 } });
  const { memories, left_out, next_cursor } = structuredContent as any;
  expect(memories.length + left_out).toBe(50);
  expect(left_out).toBeGreaterThan(0);
  expect(next_cursor).toBeUndefined();
});

describe("add_conversation for a client without tasks", () => {
  const args = { messages: [{ role: "user", content: "I live in Lisbon." }] };

  test("waits a bounded time, then returns the id of the job", async () => {
    const headers = { "retry-after": "3", "preference-applied": "wait=1" };
    const { client, clock, requests } = await connect((_, number) =>
      number === 0
        ? { status: 202, json: ingestJobs.pending, headers }
        : { json: ingestJobs.running, takesMs: 5000, headers },
    );
    const startMs = clock.now();
    const { content, structuredContent, isError } = await client.callTool({
      name: "add_conversation",
      arguments: args,
    });
    expect(isError ?? false).toBe(false);
    expect(structuredContent).toMatchObject({ job_id: ingestJobs.pending.id, status: "pending" });
    expect(content).toMatchObject([{ text: expect.stringContaining("call get_job in about") }]);
    expect(clock.now() - startMs).toBeLessThanOrEqual(20_000);
    expect(requests[0]).toMatchObject({ method: "POST", path: "/v1/memories" });
    expect(JSON.parse(requests[0]!.body!)).toMatchObject({
      user_id: "ann",
      conv_id: expect.stringMatching(/^mcp-/),
    });
  });

  test("returns the id of the job when the process stops or the server goes away", async () => {
    const stopping = AbortSignal.abort();
    const stopped = await connect(() => ({ status: 202, json: ingestJobs.pending }), { stopping });
    const gone = await connect((_, number) =>
      number === 0 ? { status: 202, json: ingestJobs.pending } : { status: 401, json: {} },
    );
    for (const { client } of [stopped, gone]) {
      const { structuredContent } = await client.callTool({ name: "add_conversation", arguments: args });
      expect(structuredContent).toMatchObject({ job_id: ingestJobs.pending.id, status: "pending" });
    }
  });

  test("reports a job that failed as the tool's error, and a refused conversation with the server's reason", async () => {
    const failed = await connect((_, number) =>
      number === 0 ? { status: 202, json: ingestJobs.pending } : { json: ingestJobs.failed },
    );
    const { isError, content } = await failed.client.callTool({ name: "add_conversation", arguments: args });
    expect(isError).toBe(true);
    expect(content).toMatchObject([{ text: expect.stringContaining(ingestJobs.failed.error.message) }]);
    const refused = await connect(() => ({
      status: 429,
      json: { code: "quota_exceeded", message: "the quota is used up" },
    }));
    const answer = await refused.client.callTool({ name: "add_conversation", arguments: args });
    expect(answer).toMatchObject({ isError: true, content: [{ text: "the quota is used up" }] });
  });
});

describe("an error has the text that the host application gives it", () => {
  const describeError = ({ code }: MemlaneError) => `${code}: check the address`;
  const connectToNothing = () => connect(() => ({ failure: "network_error" }), { describeError });
  const text = "network_error: check the address";
  const messages = [{ role: "user", content: "Hi." }];
  const callsOfTools: Readonly<Record<string, Record<string, unknown>>> = {
    get_context: { query: "q" },
    search_memories: { query: "q" },
    list_memories: {},
    get_job: { job_id: "job_1" },
    add_memory: { text: "Ann likes tea." },
    add_conversation: { messages },
    forget_memory: { id: "mem_1" },
  };

  test("of every tool", async () => {
    const { client } = await connectToNothing();
    const { tools } = await client.listTools();
    expect(tools.map(({ name }) => name)).toEqual(Object.keys(callsOfTools));
    for (const [name, args] of Object.entries(callsOfTools)) {
      const answer = await client.callTool({ name, arguments: args });
      expect(answer, name).toMatchObject({ isError: true, content: [{ text }] });
    }
  });

  test("of every resource and of the prompt", async () => {
    const { client } = await connectToNothing();
    for (const uri of ["memlane://profile", "memlane://jobs/job_1"]) {
      await expect(client.readResource({ uri }), uri).rejects.toThrow(text);
    }
    const prompt = client.getPrompt({ name: "with_memory", arguments: { task: "Cook." } });
    await expect(prompt).rejects.toThrow(text);
  });
});
