// Runs the tools with the real AI SDK and a real server. Only the model is a mock, from the AI SDK.
import { generateText, isStepCount } from "ai";
import { MockLanguageModelV4 } from "ai/test";
import { beforeAll, describe, expect, it } from "vitest";
import { memoryTools } from "../src/ai.ts";
import { MemoryClient } from "../src/index.ts";
import { sharedServer } from "./shared-server.ts";

const server = sharedServer(import.meta.url);
let client: MemoryClient;
beforeAll(() => {
  client = new MemoryClient({ apiKey: server.apiKey, orgId: server.orgId, baseUrl: server.url });
});

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

/** Runs a model with the tools of a user. Resolves with the model's text and the tool's result or error. */
async function run(model: MockLanguageModelV4, userId: string, from = client) {
  const tools = memoryTools(from, { userId, limit: 3 });
  const { text, steps } = await generateText({ model, tools, stopWhen: isStepCount(3), prompt: "Hello." });
  return {
    text,
    content: steps.flatMap((step) => step.content).find(({ type }) => /^tool-(result|error)$/.test(type)),
  };
}

describe("the tools of a model", () => {
  it("save a memory, find it in another run, and report both results to the model", async () => {
    const content = "The user is allergic to nuts.";
    const saving = modelThatCalls("saveMemory", { content });
    const saved = await run(saving, "ann");
    expect(saved).toMatchObject({
      text: "Done.",
      content: { output: { id: expect.stringMatching(/^mem_/) } },
    });

    const searching = modelThatCalls("searchMemories", { query: "What must the user not eat? Nuts?" });
    const found = await run(searching, "ann");
    // The fact that is mined from it may be there already.
    const remembered = expect.objectContaining({ text: content, created_at: expect.any(String) });
    expect(found.content).toMatchObject({ output: expect.arrayContaining([remembered]) });
    const toolResult = JSON.stringify(searching.doGenerateCalls[1]!.prompt.at(-1));
    expect(toolResult).toContain(content);
  });

  it("use only the memories of the application's user", async () => {
    await client.memories.create({ content: "Eve keeps bees.", user_id: "eve" });
    const searching = modelThatCalls("searchMemories", { query: "bees", user_id: "eve", userId: "eve" });
    expect((await run(searching, "bob")).content).toMatchObject({ output: [] });
  });

  it("describe their input to the model", async () => {
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
