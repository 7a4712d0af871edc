// Runs agents with the real OpenAI Agents SDK and a real server. Only the model is scripted, with the SDK's own double.
import { Agent, MemorySession, run, setTracingDisabled, tool } from "@openai/agents";
import {
  assistantMessage,
  functionCall,
  ScriptedModel,
  type ScriptedModelInput,
} from "@openai/agents/testing";
import { beforeAll, describe, expect, it } from "vitest";
import * as z from "zod";
import { MemoryClient } from "../src/index.ts";
import { withMemory } from "../src/openai-agents.ts";
import { sharedServer } from "./shared-server.ts";

const server = sharedServer(import.meta.url);
let client: MemoryClient;
beforeAll(() => {
  setTracingDisabled(true);
  client = new MemoryClient({ apiKey: server.apiKey, orgId: server.orgId, baseUrl: server.url });
});

const weather = tool({
  name: "weather",
  description: "The weather of a city.",
  parameters: z.object({ city: z.string() }),
  execute: async () => "rain",
});

/** An agent with a scripted model, and the memory of a user in a conversation. */
function remembering(
  userId: string,
  sessionId: string,
  script: ScriptedModelInput[] = [[assistantMessage("Noted.")]],
) {
  const model = new ScriptedModel(script);
  const agent = new Agent({ name: "Assistant", instructions: "Be brief.", model, tools: [weather] });
  const sent: Promise<void>[] = [];
  const inner = new MemorySession({ sessionId });
  const memory = withMemory(inner, client, {
    userId,
    waitUntil: (promise) => sent.push(promise),
    onError: (error) => expect.fail(String(error)),
  });
  const remembered = async () => {
    await Promise.all(sent);
    for await (const { id } of client.jobs.list()) await client.jobs.pollUntilDone(id);
    return sent.length;
  };
  return { agent, model, memory, inner, remembered };
}

const instructionsOf = ({ calls }: ScriptedModel) => calls.map(({ request }) => request.systemInstructions);

describe("an agent with memory", () => {
  it("remembers a turn, and recalls it in another conversation", async () => {
    const first = remembering("ann", "c1");
    const { finalOutput } = await run(first.agent, "I live in Paris.", first.memory);
    expect(finalOutput).toBe("Noted.");
    expect(await first.remembered()).toBe(1);

    const second = remembering("ann", "c2");
    await run(second.agent, "Where do I live?", second.memory);
    await second.remembered();
    expect(instructionsOf(second.model)).toEqual([expect.stringMatching(/^Be brief\.\n\n[^]*Paris/)]);
  });

  it("does not recall what another user said", async () => {
    const { agent, model, memory, remembered } = remembering("eve", "c3");
    await run(agent, "Where do I live?", memory);
    await remembered();
    expect(instructionsOf(model)).toEqual(["Be brief."]);
  });

  it("keeps its history in the session, without memories", async () => {
    await client.memories.create({ content: "The user likes tea.", user_id: "tom" });
    const script = [[assistantMessage("Tea?")], [assistantMessage("Here it is.")]];
    const { agent, model, memory, inner, remembered } = remembering("tom", "c4", script);
    await run(agent, "What shall I drink?", memory);
    await run(agent, "Yes, tea.", memory);
    expect(await remembered()).toBe(2);
    expect(instructionsOf(model)).toEqual(Array(2).fill(expect.stringContaining("likes tea")));
    const history = await inner.getItems();
    expect(history).toHaveLength(4);
    expect(JSON.stringify(history)).not.toContain("likes tea");
    expect(await memory.session.popItem()).toEqual(history.at(-1));
    expect(await memory.session.getItems(1)).toEqual([history[2]]);
    await memory.session.clearSession();
    expect(await inner.getItems()).toEqual([]);
  });

  it("remembers a streamed turn once", async () => {
    const { agent, memory, remembered } = remembering("bob", "c5");
    const result = await run(agent, "I live in Oslo.", { ...memory, stream: true });
    await result.completed;
    expect(await remembered()).toBe(1);
    const { context } = await client.context({ query: "Where?", user_id: "bob" });
    expect(context).toContain("Oslo");
  });

  it("remembers a turn with tools once, and recalls for it once", async () => {
    await client.memories.create({ content: "The user likes tea.", user_id: "sam" });
    const script = [
      [assistantMessage("Let me look."), functionCall("weather", { city: "Oslo" }, { callId: "1" })],
      [assistantMessage("It rains.")],
    ];
    const { agent, model, memory, remembered } = remembering("sam", "c6", script);
    const { finalOutput } = await run(agent, "Shall I drink tea outside?", memory);
    expect(finalOutput).toBe("It rains.");
    expect(await remembered()).toBe(1);
    const [first, second] = instructionsOf(model);
    expect(first).toContain("likes tea");
    expect(second).toBe(first);
  });

  it("does not remember again what a compaction keeps", async () => {
    const { memory, remembered } = remembering("kim", "c7");
    await memory.session.addItems([
      { role: "user", content: "I live in Rome." },
      { type: "compaction", encrypted_content: "…" },
    ]);
    await memory.session.addItems([assistantMessage("Noted.")]);
    await remembered();
    expect((await client.context({ query: "Where?", user_id: "kim" })).context).not.toContain("Rome");
  });
});

it("an agent answers although the server cannot be reached", async () => {
  const lost = new MemoryClient({
    apiKey: "key",
    orgId: "org",
    baseUrl: "http://127.0.0.1:1",
    maximumRetries: 0,
  });
  const errors: unknown[] = [];
  const sent: Promise<void>[] = [];
  const memory = withMemory(new MemorySession(), lost, {
    userId: "ann",
    waitUntil: (promise) => sent.push(promise),
    onError: (error) => errors.push(error),
  });
  const agent = new Agent({ name: "Assistant", model: new ScriptedModel([[assistantMessage("Noted.")]]) });
  const { finalOutput } = await run(agent, "I live in Rome.", memory);
  await Promise.all(sent);
  expect(finalOutput).toBe("Noted.");
  expect(errors).toHaveLength(2);
});
