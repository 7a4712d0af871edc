// Clients that behave like both vendors' run every method of theirs against the real server.
import type { TestServer } from "@memlane/server/testing";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startServerOnTestDatabase } from "../test-database.ts";
import { createKorelyLikeClient, KorelyLikeError } from "./korely-like.ts";
import { createXTraceLikeClient, createXTraceLikeTools, XTraceLikeError } from "./xtrace-like.ts";

let server: TestServer;
beforeAll(async () => {
  server = await startServerOnTestDatabase();
});
afterAll(() => server?.stop());

const xtrace = (scheme: "x-api-key" | "Bearer" | "Token" = "x-api-key") =>
  createXTraceLikeClient({
    apiKey: server.apiKey,
    baseUrl: server.url,
    scheme,
    ...(scheme === "x-api-key" && { orgId: server.orgId }),
  });
const korely = (language: "javascript" | "python" = "javascript") =>
  createKorelyLikeClient({ apiKey: server.apiKey, baseUrl: server.url, language });

const talk = (user_id: string, ...contents: string[]) => ({
  messages: contents.map((content) => ({ role: "user", content })),
  user_id,
  conv_id: `talk of ${user_id}`,
});
const errorOf = (promise: Promise<unknown>) =>
  promise.then(
    () => {
      throw new Error("the call did not fail");
    },
    (error: unknown) => error,
  );

describe("a client like XTrace's", () => {
  test("ingests, polls, reads, lists, searches, reads revisions and deletes", async () => {
    const { memories } = xtrace();
    const job = await memories.ingest(talk("ann", "I live in Paris."));
    const done = await memories.jobs.pollUntilDone(job.id);
    expect(done.status).toBe("succeeded");
    const [home] = done.result.memories_created;
    await memories.ingest(talk("ann", "I moved to Berlin."), true);
    const { data } = await memories.list({ user_id: "ann", type: "fact", order: "created_at_desc" });
    expect(data[0].details.supersedes).toBe(home.id);
    expect(
      (await memories.search({ query: "where does ann live", user_id: "ann" })).data.length,
    ).toBeGreaterThan(0);
    const revisions = await memories.revisions(data[0].id);
    expect(revisions.data.map(({ id }: { id: string }) => id)).toEqual([home.id, data[0].id]);
    await memories.delete(home.id);
    const gone = await errorOf(memories.get(home.id));
    expect(gone).toMatchObject({ status: 404, code: "memory_not_found", requestId: expect.any(String) });
  });

  test("needs no organisation with Bearer and Token", async () => {
    for (const scheme of ["Bearer", "Token"] as const) {
      const { memories } = xtrace(scheme);
      const job = await memories.ingest(talk(`of ${scheme}`, "I have a dog."), true);
      expect(job.status).toBe("succeeded");
      expect((await memories.list({ user_id: `of ${scheme}` })).object).toBe("list");
    }
  });

  test("walks through groups: a meeting is tagged, a private note is not", async () => {
    const { memories, groups } = xtrace();
    const group = await groups.create({ name: "Team", prompt: "Meetings, schedules and rooms." });
    expect((await groups.get(group.id)).status).toBe("active");
    await groups.update(group.id, { name: "The team" });
    const meeting = "The standup moved to 9:30am on Tuesdays, in the Aurora conference room.";
    const note = "I am seeing a therapist every Thursday for my anxiety.";
    await memories.ingest({ ...talk("bob", meeting, note), group_ids: [group.id] }, true);
    const { data } = await memories.list({ group_id: group.id });
    expect(data.some(({ text }: { text: string }) => text.includes("9:30"))).toBe(true);
    expect(data.some(({ text }: { text: string }) => text.includes("therapist"))).toBe(false);
    const own = await memories.list({ user_id: "bob" });
    expect(own.data.some(({ text }: { text: string }) => text.includes("therapist"))).toBe(true);
    const untagged = await memories.update(data[0].id, { remove_group_ids: [group.id] });
    expect(untagged.group_ids).toEqual([]);
    expect((await groups.archive(group.id)).status).toBe("archived");
    expect((await groups.list()).data.every(({ id }: { id: string }) => id !== group.id)).toBe(true);
  });

  test("recalls from the user's own memories and from groups", async () => {
    const { memories, groups, recall } = xtrace();
    const group = await groups.create({ name: "Cooks" });
    await memories.ingest({ ...talk("cora", "I am vegetarian."), group_ids: [group.id] }, true);
    const found = await recall({ query: "vegetarian", user_id: "dora" });
    expect(found.some(({ text }) => /vegetarian/i.test(text))).toBe(true);
  });

  test("saves and searches through the tools of the AI wrapper", async () => {
    const tools = createXTraceLikeTools(xtrace(), "eve");
    await tools.save_memory({ fact: "User prefers concise responses" });
    expect(await tools.search_memory({ query: "concise responses" })).toMatch(/concise/);
  });

  test("triggers lessons by the action in flight", async () => {
    const { memories } = xtrace();
    const lesson =
      "Lesson learned: always run `make migrate` before `make deploy`, because the deployment needs the new tables.";
    await memories.ingest({ ...talk("finn", lesson), agentic: true }, true);
    const action = { tool: "bash", args: { command: "make deploy" } };
    const { data } = await memories.trigger({ action, user_id: "finn" });
    expect(data.length).toBeGreaterThan(0);
  });

  test("reads usage and manages the webhook", async () => {
    const { usage, webhooks } = xtrace();
    expect(await usage.get({ daily: true, by_api_key: true })).toMatchObject({
      object: "usage",
      operations: { requests: expect.any(Number) },
    });
    const created = await webhooks.set({ url: "https://example.com/hook" });
    expect(created.secret).toMatch(/^whsec_/);
    expect((await webhooks.get()).secret).not.toBe(created.secret);
    await webhooks.delete();
    expect(await errorOf(webhooks.get())).toBeInstanceOf(XTraceLikeError);
  });
});

describe.each(["javascript", "python"] as const)("a client like Korely's for %s", (language) => {
  const user = (name: string) => `${name} of ${language}`;
  const isReady = (memory: { status: string }) => memory.status === "ready";

  test("writes, reads, changes and deletes a memory", async () => {
    const client = korely(language);
    const { id, status } = await client.add("I live in Paris.", {
      user_id: user("ann"),
      metadata: { a: { b: [1] } },
    });
    expect(status).toBe("processing");
    await expect.poll(async () => isReady(await client.get(id)), { timeout: 10_000 }).toBe(true);
    const memory = await client.get(id);
    expect(memory.metadata).toEqual({ a: { b: [1] } });
    await client.update(id, { content: "I live in Berlin.", expected_updated_at: memory.updated_at });
    expect((await client.list({ user_id: user("ann") })).total).toBe(1);
    expect((await client.search("Berlin", { user_id: user("ann") })).results).toHaveLength(1);
    expect((await client.history(id)).events[0].event).toBe("created");
    expect((await client.events({ user_id: user("ann") })).events[0].memory_id).toBe(id);
    expect((await client.delete(id)).status).toBe("forgotten");
    expect(await errorOf(client.get(id))).toMatchObject({ status: 404, code: "not_found" });
  });

  test("imports a batch", async () => {
    const client = korely(language);
    const { id } = await client.batch.create([
      { content: "Likes tea.", user_id: user("bob") },
      { content: "" },
    ]);
    await expect.poll(async () => (await client.batch.get(id)).status, { timeout: 10_000 }).toBe("completed");
    expect((await client.batch.get(id)).errors).toMatchObject([
      { index: 1, error: "content must not be empty" },
    ]);
  });

  test("adds, corrects, lists and forgets facts, and reads profile and context", async () => {
    const client = korely(language);
    const user_id = user("cora");
    const home = await client.facts.add({
      subject: "User",
      predicate: "lives in",
      object: "Paris",
      user_id,
      subject_type: "self",
    });
    const moved = await client.facts.update(home.id, { object: "Berlin" });
    expect(moved.invalidated).toEqual([home.id]);
    expect((await client.facts.list({ user_id })).total).toBe(1);
    expect((await client.profile(user_id)).facts[0].object).toBe("Berlin");
    expect((await client.context("where does the user live?", { user_id })).context).toContain("Berlin");
    expect((await client.facts.forget(moved.id)).status).toBe("forgotten");
    const late = await errorOf(client.facts.update(moved.id, { object: "Oslo" }));
    expect(late).toMatchObject({ status: 409, code: "fact_not_current" });
  });

  test("lists and erases users and agents, and reads the audit", async () => {
    const client = korely(language);
    const [user_id, agent_id] = [`${user("dora")} a/b c?d`, `bot#1 of ${language}`];
    await client.add("The office opens at nine.", { user_id, agent_id });
    expect((await client.users.list({ agent_id })).users).toMatchObject([{ user_id, memories: 1 }]);
    expect(
      (await client.agents.list()).agents.some((agent: { agent_id: string }) => agent.agent_id === agent_id),
    ).toBe(true);
    expect(await client.users.deleteMemories(user_id)).toMatchObject({
      memories_deleted: 1,
      erasure: "permanent",
    });
    await client.add("The office closes at six.", { user_id: user("dan"), agent_id });
    expect(await client.agents.delete(agent_id)).toMatchObject({ agent_id, memories_deleted: 1 });
    expect((await client.audit({ user_id })).total).toBeGreaterThan(0);
  });

  test("pings, and learns that there is no self-service", async () => {
    const client = korely(language);
    expect(await client.ping()).toMatchObject({
      ok: true,
      scopes: expect.arrayContaining(["memories:read"]),
    });
    for (const refused of [() => client.agents.init(), () => client.account.delete({ confirm: true })]) {
      const error = await errorOf(refused());
      expect(error).toBeInstanceOf(KorelyLikeError);
      expect(["not_found", "method_not_allowed"]).toContain(error instanceof KorelyLikeError && error.code);
    }
  });

  test("reads a refusal, which asks for no wait", async () => {
    const error = await errorOf(korely(language).add("  ", { user_id: user("eve") }));
    expect(error).toMatchObject({ status: 422, code: "invalid_request", retryAfterSeconds: undefined });
    expect(() => createKorelyLikeClient({ apiKey: "kor_live_1", baseUrl: server.url })).toThrow("korely.ai");
  });
});
