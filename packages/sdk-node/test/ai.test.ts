// The tools in real runs of the AI SDK against a real server; only the model is the AI SDK's own mock.
import { startTestServer, type TestServer } from "@memlane/server/testing";
import { generateText, isStepCount } from "ai";
import { MockLanguageModelV4 } from "ai/test";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { memoryTools } from "../src/ai.ts";
import { MemoryClient } from "../src/index.ts";

let server: TestServer;
let client: MemoryClient;
beforeAll(async () => {
  server = await startTestServer();
  client = new MemoryClient({ apiKey: server.apiKey, orgId: server.orgId, baseUrl: server.url });
});
afterAll(() => server.stop());

const usage = {
  inputTokens: { total: 1, noCache: 1, cacheRead: 0, cacheWrite: 0 },
  outputTokens: { total: 1, text: 1, reasoning: 0 },
};

/** A model that calls one tool and then says "Done." */
function modelThatCalls(toolName: string, input: object) {
  return new MockLanguageModelV4({
    doGenerate: [
      {
        content: [{ type: "tool-call", toolCallId: "call_1", toolName, input: JSON.stringify(input) }],
        finishReason: { unified: "tool-calls", raw: undefined },
        usage,
        warnings: [],
      },
      {
        content: [{ type: "text", text: "Done." }],
        finishReason: { unified: "stop", raw: undefined },
        usage,
        warnings: [],
      },
    ],
  });
}

/** Runs a model with the tools of a user; comes to what it said and what the tool came to. */
async function run(model: MockLanguageModelV4, userId: string, from = client) {
  const tools = memoryTools(from, { userId, limit: 3 });
  const { text, steps } = await generateText({ model, tools, stopWhen: isStepCount(3), prompt: "Hello." });
  return {
    text,
    content: steps.flatMap((step) => step.content).find(({ type }) => /^tool-(result|error)$/.test(type)),
  };
}

describe("the tools of a model", () => {
  it("save a memory, which another run finds, and report both to the model", async () => {
    const content = "The user is allergic to nuts.";
    const saving = modelThatCalls("saveMemory", { content });
    const saved = await run(saving, "ann");
    expect(saved).toMatchObject({
      text: "Done.",
      content: { output: { id: expect.stringMatching(/^mem_/) } },
    });

    const searching = modelThatCalls("searchMemories", { query: "What must the user not eat? Nuts?" });
    const found = await run(searching, "ann");
    expect(found.content).toMatchObject({ output: [{ text: content, created_at: expect.any(String) }] });
    const told = JSON.stringify(searching.doGenerateCalls[1]!.prompt.at(-1));
    expect(told).toContain(content);
  });

  it("work only on the memories of the user that the application names", async () => {
    await client.memories.create({ content: "Eve keeps bees.", user_id: "eve" });
    const searching = modelThatCalls("searchMemories", { query: "bees", user_id: "eve", userId: "eve" });
    expect((await run(searching, "bob")).content).toMatchObject({ output: [] });
  });

  it("tell the model what it may send", async () => {
    const model = modelThatCalls("saveMemory", { content: "The user has a dog." });
    await run(model, "ann");
    expect(model.doGenerateCalls[0]!.tools).toMatchObject([
      {
        name: "searchMemories",
        inputSchema: { required: ["query"], properties: { query: { type: "string" } } },
      },
      { name: "saveMemory", inputSchema: { required: ["content"] } },
    ]);
  });

  it("tell the model when the server cannot be reached, instead of ending the run", async () => {
    const lost = new MemoryClient({
      apiKey: "key",
      orgId: "org",
      baseUrl: "http://127.0.0.1:1",
      maximumRetries: 0,
    });
    const answer = await run(modelThatCalls("searchMemories", { query: "dog" }), "ann", lost);
    expect(answer).toMatchObject({ text: "Done.", content: { type: "tool-error" } });
  });
});
