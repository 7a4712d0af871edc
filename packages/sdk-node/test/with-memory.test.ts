// Wraps models with the real AI SDK and a real server. Only the model is a mock, from the AI SDK.
import { createServer } from "node:http";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { generateText, isStepCount, simulateReadableStream, streamText, tool } from "ai";
import { MockLanguageModelV4 } from "ai/test";
import { beforeAll, describe, expect, it } from "vitest";
import * as z from "zod";
import { withMemory, type WithMemoryOptions } from "../src/ai.ts";
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
const stop = { unified: "stop", raw: undefined } as const;
const toolCalls = { unified: "tool-calls", raw: undefined } as const;

/** A model that answers "Noted." */
const answering = () =>
  new MockLanguageModelV4({
    doGenerate: async () => ({
      content: [{ type: "text", text: "Noted." }],
      finishReason: stop,
      usage,
      warnings: [],
    }),
    doStream: async () => ({
      stream: simulateReadableStream({
        initialDelayInMs: null,
        chunkDelayInMs: null,
        chunks: [
          { type: "stream-start", warnings: [] },
          { type: "text-start", id: "1" },
          { type: "text-delta", id: "1", delta: "No" },
          { type: "text-delta", id: "1", delta: "ted." },
          { type: "text-end", id: "1" },
          { type: "finish", finishReason: stop, usage },
        ],
      }),
    }),
  });

/** A model with memory, and a wait until its turns are remembered. */
function remembering(model: MockLanguageModelV4, options: Partial<WithMemoryOptions> & { userId: string }) {
  const sent: Promise<void>[] = [];
  const wrapped = withMemory(model, client, {
    conversationId: "c1",
    waitUntil: (promise) => sent.push(promise),
    onError: (error) => expect.fail(String(error)),
    ...options,
  });
  const remembered = async () => {
    await Promise.all(sent);
    for await (const { id } of client.jobs.list()) await client.jobs.pollUntilDone(id);
    return sent.length;
  };
  return { wrapped, remembered };
}

const recalledBy = (model: MockLanguageModelV4, call = 0) =>
  model.doGenerateCalls[call]!.prompt.filter(({ role }) => role === "system").map(({ content }) => content);

describe("a model with memory", () => {
  it("remembers a turn, and recalls it in another conversation", async () => {
    const first = remembering(answering(), { userId: "ann" });
    expect((await generateText({ model: first.wrapped, prompt: "I live in Paris." })).text).toBe("Noted.");
    expect(await first.remembered()).toBe(1);

    const model = answering();
    const second = remembering(model, { userId: "ann", conversationId: "c2" });
    await generateText({ model: second.wrapped, instructions: "Be brief.", prompt: "Where do I live?" });
    await second.remembered();
    expect(recalledBy(model)).toEqual(["Be brief.", expect.stringContaining("Paris")]);
  });

  it("does not recall what another user said", async () => {
    const model = answering();
    const eve = remembering(model, { userId: "eve" });
    await generateText({ model: eve.wrapped, prompt: "Where do I live?" });
    await eve.remembered();
    expect(JSON.stringify(recalledBy(model))).not.toContain("Paris");
  });

  it("remembers a streamed turn with the whole answer, and passes its parts on", async () => {
    const bob = remembering(answering(), { userId: "bob" });
    const parts: string[] = [];
    const { textStream } = streamText({ model: bob.wrapped, prompt: "I live in Oslo." });
    for await (const part of textStream) parts.push(part);
    expect(parts).toEqual(["No", "ted."]);
    expect(await bob.remembered()).toBe(1);
    const { context } = await client.context({ query: "Where?", user_id: "bob" });
    expect(context).toContain("Oslo");
  });

  it("remembers a turn with tools once, and asks for its memories once", async () => {
    await client.memories.create({ content: "The user likes tea.", user_id: "tom" });
    const model = new MockLanguageModelV4({
      doGenerate: [
        {
          content: [{ type: "tool-call", toolCallId: "1", toolName: "weather", input: "{}" }],
          finishReason: toolCalls,
          usage,
          warnings: [],
        },
        { content: [{ type: "text", text: "It rains." }], finishReason: stop, usage, warnings: [] },
      ],
    });
    const queries: string[] = [];
    const counted = {
      memories: client.memories,
      context: (query: { query: string }) => {
        queries.push(query.query);
        return client.context({ ...query, user_id: "tom" });
      },
    };
    const sent: Promise<void>[] = [];
    const wrapped = withMemory(model, counted, {
      userId: "tom",
      conversationId: "c1",
      waitUntil: (promise) => sent.push(promise),
    });
    const weather = tool({ inputSchema: z.object({}), execute: async () => "rain" });
    const { text } = await generateText({
      model: wrapped,
      tools: { weather },
      stopWhen: isStepCount(3),
      prompt: "Shall I drink tea outside?",
    });
    await Promise.all(sent);
    expect(text).toBe("It rains.");
    expect(sent).toHaveLength(1);
    expect(queries).toEqual(["Shall I drink tea outside?"]);
    expect(recalledBy(model, 1)).toEqual(recalledBy(model, 0));
  });
});

describe("a model answers although the server", () => {
  const failing = async (baseUrl: string) => {
    const lost = new MemoryClient({ apiKey: "key", orgId: "org", baseUrl, timeoutMs: 300 });
    const errors: unknown[] = [];
    const sent: Promise<void>[] = [];
    const model = withMemory(answering(), lost, {
      userId: "ann",
      conversationId: "c1",
      recallTimeoutMs: 100,
      waitUntil: (promise) => sent.push(promise),
      onError: (error) => errors.push(error),
    });
    const { text } = await generateText({ model, prompt: "I live in Rome." });
    await Promise.all(sent);
    return { text, errors };
  };

  it("cannot be reached", async () => {
    const { text, errors } = await failing("http://127.0.0.1:1");
    expect(text).toBe("Noted.");
    expect(errors).toHaveLength(2);
  });

  it("never answers", async () => {
    const silent = createServer(() => {});
    await once(silent.listen(0, "127.0.0.1"), "listening");
    const { text, errors } = await failing(`http://127.0.0.1:${(silent.address() as AddressInfo).port}`);
    expect(text).toBe("Noted.");
    expect(errors).toMatchObject([{ code: "timeout" }, { code: "timeout" }]);
    silent.closeAllConnections();
    await new Promise((closed) => silent.close(closed));
  });
});
