import { beforeAll, describe, expect, it } from "vitest";
import { MemoryClient } from "../src/index.ts";
import { sharedServer } from "./shared-server.ts";

const server = sharedServer(import.meta.url);
let client: MemoryClient;

beforeAll(() => {
  const { apiKey, orgId, url: baseUrl } = server;
  client = new MemoryClient({ apiKey, orgId, baseUrl });
});

describe("a conversation", () => {
  it("becomes memories that can be listed, searched and deleted", async () => {
    const messages = [
      { role: "user", content: "I live in Oslo. I have a dog named Rex." },
      { role: "assistant", content: "How nice!" },
    ];
    const job = await client.memories.ingest({ messages, user_id: "ann", conv_id: "c1" });
    expect(job.id).toMatch(/^job_[0-9a-f]{32}$/);

    const seen: string[] = [];
    const done = await client.memories.jobs.pollUntilDone(job.id, {
      onProgress: ({ status }) => seen.push(status),
    });
    expect(done.status).toBe("succeeded");
    expect(seen.at(-1)).toBe("succeeded");
    const created = done.result?.memories_created ?? [];
    expect(created.length).toBeGreaterThan(0);

    const listed: string[] = [];
    for await (const { id } of client.memories.list({ user_id: "ann", limit: 1 })) listed.push(id);
    expect(listed.toSorted()).toEqual(created.map(({ id }) => id).toSorted());

    const found = await client.memories.search({ query: "Where does the user live?", user_id: "ann" });
    expect(found.data[0]?.text).toContain("Oslo");
    expect(found.context).toContain("Oslo");

    for (const { id } of created) await client.memories.delete(id);
    expect((await client.memories.listPage({ user_id: "ann" })).data).toEqual([]);
    await expect(client.memories.delete(created[0]!.id)).rejects.toMatchObject({ code: "memory_not_found" });
  });

  it("is answered after it is processed, with `wait: true`", async () => {
    const messages = [{ role: "user", content: "I love hiking." }];
    const done = await client.memories.ingest({ messages, user_id: "bob", conv_id: "c2" }, { wait: true });
    expect(done.status).toBe("succeeded");
  });

  it("is refused with an error that says what is wrong", async () => {
    await expect(
      client.memories.ingest({ messages: [], user_id: "ann", conv_id: "c3" }),
    ).rejects.toMatchObject({
      name: "MemlaneError",
      code: "invalid_messages",
      status: 400,
      retryable: false,
      requestId: expect.stringMatching(/^req_/),
    });
  });
});

describe("a batch", () => {
  it("imports the valid items and reports the invalid one", async () => {
    const batch = await client.batch.create([
      { content: "Likes tea.", user_id: "ann" },
      { content: "", user_id: "ann" },
      { content: "Likes rain.", user_id: "ann", metadata: { source: "notes" }, timestamp: "2026-01-31" },
    ]);
    const done = await client.batch.pollUntilDone(batch.id);
    expect(done).toMatchObject({ status: "completed", received: 3, imported: 2, failed: 1 });
    expect(done.errors).toEqual([
      { index: 1, error: "content must not be empty", code: "empty_content", retryable: false },
    ]);
    expect(await client.batch.get(batch.id)).toEqual(done);
  });
});

describe("a lost answer", () => {
  it("causes a retry, and the work is done once", async () => {
    const { apiKey, orgId, url: baseUrl } = server;
    let lost = 0;
    const unlucky = new MemoryClient({
      apiKey,
      orgId,
      baseUrl,
      fetch: async (request) => {
        const response = await fetch(request);
        if (request.method !== "POST" || lost++ % 2 === 1) return response;
        throw new TypeError("the connection was lost");
      },
    });
    const batch = await unlucky.batch.create([{ content: "Likes snow.", user_id: "once" }]);
    await unlucky.batch.pollUntilDone(batch.id);
    const messages = [{ role: "user", content: "I love skiing." }];
    await unlucky.memories.ingest({ messages, user_id: "once", conv_id: "c4" }, { wait: true });
    expect(lost).toBe(4);
    const { data } = await client.memories.listPage({ user_id: "once" });
    expect(data.filter(({ text }) => text === "Likes snow.")).toHaveLength(1);
    const response = await fetch(`${baseUrl}/v1/jobs?limit=2`, {
      headers: { "x-api-key": apiKey, "x-org-id": orgId },
    });
    const { data: jobs } = (await response.json()) as { data: { id: string; object?: string }[] };
    expect(jobs.map(({ object = "batch" }) => object)).toEqual(["ingest_job", "batch"]);
  });
});

describe("a call that cannot succeed", () => {
  it("rejects with the same kind of error in both dialects", async () => {
    const id = "job_00000000000070008000000000000000";
    await expect(client.memories.jobs.get(id)).rejects.toMatchObject({ code: "job_not_found", status: 404 });
    await expect(client.batch.get(id)).rejects.toMatchObject({ code: "not_found", status: 404 });

    const stranger = new MemoryClient({ apiKey: "wrong", orgId: server.orgId, baseUrl: server.url });
    await expect(stranger.memories.jobs.get(id)).rejects.toMatchObject({
      code: "unauthenticated",
      wireCode: "unauthorized",
    });
    await expect(stranger.batch.get(id)).rejects.toMatchObject({
      code: "unauthenticated",
      wireCode: "invalid_key",
    });
  });
});
