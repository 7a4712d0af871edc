// Messages in the forms that agents keep, and batches with bad items: unusable parts are counted, and the rest is stored.
import type { TestServer } from "@memlane/server/testing";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { batch, ingest, send, waitWhile } from "./http.ts";
import { startServerOnTestDatabase } from "./test-database.ts";

let server: TestServer;
beforeAll(async () => {
  server = await startServerOnTestDatabase();
}, 30_000);
afterAll(() => server?.stop());

let users = 0;
const newUser = () => `user-${(users += 1)}`;

async function ingestMessages(messages: readonly object[], user_id = newUser()) {
  const body = { user_id, conv_id: "c1", messages };
  const { status, body: job } = await send(server, "POST /v1/memories?wait=true", ingest(server), body);
  expect([status, job.status, job.error]).toEqual([200, "succeeded", null]);
  const { memories_created: created, messages: reports } = job.result;
  const facts = created.filter(({ type }: { type: string }) => type === "fact");
  return { texts: facts.map(({ text }: { text: string }) => text), reports };
}

const oslo = { role: "user", content: "I live in Oslo." };
const call = { id: "t", type: "function", function: { name: "weather", arguments: "{}" } };

describe("a conversation", () => {
  test("may have parts; those without text are counted", async () => {
    const content = [
      { type: "text", text: "I live in Oslo." },
      { type: "image_url", image_url: { url: "https://example.com/x.png" } },
      { type: "input_text", text: "I have two cats." },
    ];
    const { texts, reports } = await ingestMessages([{ role: "user", content }]);
    expect(texts).toEqual(["User lives in Oslo.", "User has two cats."]);
    expect(reports).toMatchObject([{ index: 0, outcome: "stored", skipped_parts: 1 }]);
  });

  test("may have tool calls, their results, and instructions", async () => {
    const { texts, reports } = await ingestMessages([
      { role: "system", content: "I am a helpful assistant." },
      { role: "developer", content: [{ type: "text", text: "I like short answers." }] },
      oslo,
      { role: "assistant", content: null, tool_calls: [call] },
      { role: "assistant", tool_calls: [call] },
      { role: "tool", tool_call_id: "t", content: "I am sunny." },
      { role: "user", content: [{ type: "tool_result", tool_use_id: "t", content: "I am rainy." }] },
      { role: "user", content: [{ type: "image_url", image_url: { url: "x" } }] },
    ]);
    expect(texts).toEqual(["User lives in Oslo."]);
    expect(reports.map(({ outcome }: { outcome: string }) => outcome)).toEqual(
      "nothing nothing stored skipped skipped nothing skipped skipped".split(" "),
    );
    expect(reports[6]).toMatchObject({ skipped_parts: 1 });
    expect(reports[3]).not.toHaveProperty("skipped_parts");
  });

  test("is stored with replacements for impossible characters, which are counted", async () => {
    const { texts, reports } = await ingestMessages([
      { role: "us\0er", name: "Ann\ud800", content: "I live in Oslo.\0 \ud83d", dia_id: "d\0" },
    ]);
    expect(texts).toEqual(["User lives in Oslo."]);
    expect(reports).toMatchObject([{ id: "d\ufffd", replaced_characters: 5 }]);
  });

  test("of several people has only the user's facts, or theirs by name if the user is not among them", async () => {
    const bob = "I live in Paris and I am a vegetarian.";
    const byId = newUser();
    expect(
      (
        await ingestMessages(
          [
            { ...oslo, role: byId },
            { role: "bob", content: bob },
          ],
          byId,
        )
      ).texts,
    ).toEqual(["User lives in Oslo."]);
    expect((await ingestMessages([oslo, { role: "Bob", content: bob }])).texts).toEqual([
      "User lives in Oslo.",
    ]);
    const named = newUser();
    expect(
      (
        await ingestMessages(
          [
            { ...oslo, name: named },
            { role: "user", name: "bob", content: bob },
          ],
          named,
        )
      ).texts,
    ).toEqual(["User lives in Oslo."]);
    expect(
      (
        await ingestMessages([
          { role: "Ann", content: "I live in Oslo." },
          { role: "Bob", content: bob },
        ])
      ).texts,
    ).toEqual(["Ann lives in Oslo.", "Bob lives in Paris.", "Bob is a vegetarian."]);
  });
});

describe("a bad item of a batch", () => {
  const post = async (memories: readonly unknown[]) => {
    const { status, body } = await send(server, "POST /v1/batch", batch(server), { memories });
    expect(status).toBe(202);
    return waitWhile(() => send(server, `GET /v1/batch/${body.id}`, batch(server)), "pending", "processing");
  };

  test.each<[string, unknown, RegExp]>([
    [
      "with too long a content",
      { content: "x".repeat(16_001) },
      /^content must have at most 16,000 characters$/,
    ],
    ["without content", { user_id: "u" }, /^content is required$/],
    ["with content that is no text", { content: 1 }, /^content/],
    ["with metadata that is a list", { content: "x", metadata: [1] }, /^metadata/],
    ["with metadata that is a text", { content: "x", metadata: "x" }, /^metadata/],
    [
      "with too much metadata",
      { content: "x", metadata: { a: "x".repeat(9000) } },
      /^metadata must have at most 8,192 bytes/,
    ],
    ["with too long a user", { content: "x", user_id: "u".repeat(256) }, /^user_id must have at most 255/],
    [
      "with a NUL in the user, who would be another",
      { content: "x", user_id: "u\0" },
      /^user_id must contain neither NUL/,
    ],
    ["that is a text", "x", /object/],
    ["that is null", null, /object/],
  ])("%s is its own error", async (_, item, message) => {
    const job = await post([{ content: "Likes tea." }, item, { content: "Likes coffee." }]);
    expect(job).toMatchObject({
      status: "completed",
      received: 3,
      imported: 2,
      failed: 1,
      errors: [{ index: 1, code: "invalid_item", retryable: false, error: expect.stringMatching(message) }],
    });
  });

  test("is named by its own id", async () => {
    const { errors } = await post([{ content: 1, metadata: { id: "mine" } }]);
    expect(errors).toMatchObject([{ index: 0, id: "mine" }]);
  });

  test("is not an item with impossible characters: they are replaced", async () => {
    const user_id = newUser();
    const taken = await send(server, "POST /v1/batch", batch(server), {
      memories: [{ content: "\0\ud800" }],
    });
    expect(taken.body.replaced_characters).toBe(2);
    expect(await post([{ user_id, content: "a\0b\ud800", metadata: { "k\0": ["\udfff"] } }])).toMatchObject({
      imported: 1,
    });
    const single = await send(server, "POST /v1/memories", batch(server), { user_id, content: "c\0" });
    expect([single.status, single.body.content]).toEqual([201, "c\ufffd"]);
    const { body } = await send(server, `GET /v1/memories?user_id=${user_id}`, batch(server));
    expect(body.memories).toMatchObject([
      { content: "c\ufffd" },
      { content: "a\ufffdb\ufffd", metadata: { "k\ufffd": ["\ufffd"] } },
    ]);
  });
});

test("secrets in every text part are replaced", async () => {
  const secret = `ghp_${"aB3dE5gH7jK9".repeat(3)}`;
  const content = [
    { type: "text", text: "I live in Oslo." },
    { type: "text", text: `My token is ${secret}.` },
  ];
  const { texts } = await ingestMessages([{ role: "user", name: "Ann", content }]);
  expect(texts).toEqual(["User lives in Oslo."]);
  const page = await send(server, "GET /v1/memories", ingest(server));
  expect(JSON.stringify(page.body)).not.toContain(secret);
});
