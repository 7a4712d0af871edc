// Runs the store and the tools with the real LangGraph and a real server, and compares the store with LangGraph's own.
import { AIMessage } from "@langchain/core/messages";
import {
  END,
  getStore,
  InMemoryStore,
  MessagesAnnotation,
  START,
  StateGraph,
  type BaseStore,
} from "@langchain/langgraph";
import { ToolNode } from "@langchain/langgraph/prebuilt";
import { beforeAll, describe, expect, it } from "vitest";
import { MemoryClient } from "../src/index.ts";
import { createMemlaneStore, langgraphTools } from "../src/langgraph.ts";
import { sharedServer } from "./shared-server.ts";

const server = sharedServer(import.meta.url);
let client: MemoryClient;
beforeAll(() => {
  client = new MemoryClient({ apiKey: server.apiKey, orgId: server.orgId, baseUrl: server.url });
});

/** What a graph sees of a store, without the times. */
async function useStore(store: BaseStore): Promise<unknown> {
  const show = (items: readonly { namespace: string[]; key: string; value: object }[]) =>
    items
      .map(({ namespace, key, value }) => ({ namespace, key, value }))
      .toSorted((one, other) => JSON.stringify(one).localeCompare(JSON.stringify(other)));
  const ann = ["memories", "ann/é %"];
  await store.put(ann, "drink", { text: "Likes tea.", rank: 1 });
  await store.put(ann, "pet", { text: "Has a dog.", rank: 2 });
  await store.put(ann, "drink", { text: "Likes coffee.", rank: 3 });
  await store.put(["memories", "bob"], "pet", { text: "Has a cat.", nested: { deep: [1, null] } });
  await store.put(["other"], "gone", { text: "Never mind." });
  await store.delete(["other"], "gone");
  return {
    drink: (await store.get(ann, "drink"))?.value,
    gone: await store.get(["other"], "gone"),
    never: await store.get(["nowhere"], "key"),
    all: show(await store.search(["memories"])),
    one: show(await store.search(ann)),
    filtered: show(await store.search(["memories"], { filter: { rank: { $gte: 2 }, text: "Has a dog." } })),
    limited: (await store.search(["memories"], { limit: 1, offset: 1 })).length,
    namespaces: new Set((await store.listNamespaces({ prefix: ["memories"] })).map(String)),
    suffix: await store.listNamespaces({ suffix: ["bob"] }),
    roots: await store.listNamespaces({ prefix: ["memories"], maxDepth: 1 }),
  };
}

describe("the store", () => {
  it("does what LangGraph's own store does", async () => {
    expect(await useStore(createMemlaneStore(client))).toEqual(await useStore(new InMemoryStore()));
  });

  it("finds items by what they say, keeps when an item was created, and survives a restart", async () => {
    const namespace = ["facts", "eve"];
    const store = createMemlaneStore(client);
    await store.put(namespace, "home", { text: "Lives in Oslo." });
    await store.put(namespace, "job", { text: "Works as a baker." });
    const before = await store.get(namespace, "home");
    await store.put(namespace, "home", { text: "Lives in a house in Oslo." });
    const other = createMemlaneStore(client);
    const after = await other.get(namespace, "home");
    expect(after?.createdAt).toEqual(before?.createdAt);
    expect(after!.updatedAt.getTime()).toBeGreaterThanOrEqual(before!.updatedAt.getTime());
    const [found] = await other.search(["facts"], { query: "house in Oslo", limit: 1 });
    expect(found).toMatchObject({ key: "home", score: expect.any(Number) });
  });

  it("is the store of a compiled graph", async () => {
    const graph = new StateGraph(MessagesAnnotation)
      .addNode("remember", async () => {
        await getStore()!.put(["graph"], "seen", { text: "The graph ran." });
        return {};
      })
      .addEdge(START, "remember")
      .addEdge("remember", END)
      .compile({ store: createMemlaneStore(client) });
    await graph.invoke({ messages: [] });
    expect((await createMemlaneStore(client).get(["graph"], "seen"))?.value).toEqual({
      text: "The graph ran.",
    });
  });
});

describe("the tools", () => {
  it("save a memory and find it, as a graph's tool node calls them", async () => {
    const node = new ToolNode([...langgraphTools(client, { userId: "ann" })]);
    const call = async (name: string, args: Record<string, unknown>) => {
      const message = new AIMessage({
        content: "",
        tool_calls: [{ id: "1", name, args, type: "tool_call" }],
      });
      const { messages } = (await node.invoke({ messages: [message] })) as {
        messages: { content: string }[];
      };
      return messages[0]!.content;
    };
    expect(await call("save_memory", { content: "The user is allergic to nuts." })).toMatch(/"id":"mem_/);
    expect(await call("search_memories", { query: "Nuts?", user_id: "eve" })).toContain("allergic to nuts");
  });
});
