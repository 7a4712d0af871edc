// A complete server. Its embedding endpoint is a fake that returns near vectors for texts with the same
// meaning.
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { batch, ingest, send } from "./http.ts";
import { startReceiver, type Receiver } from "./receiver.ts";
import { startServerOnTestDatabase, type ServerOnTestDatabase } from "./test-database.ts";

const meanings = [/dog|puppy|pet/i, /tea|beverage/i, /cello|instrument/i];
let isDown = false;
let receiver: Receiver;
let server: ServerOnTestDatabase;
beforeAll(async () => {
  receiver = await startReceiver((response, count) => {
    if (isDown) return void response.writeHead(500).end();
    const { input } = JSON.parse(receiver.received[count - 1]!.body) as { input: string[] };
    const data = input.map((text, index) => ({
      index,
      object: "embedding",
      embedding: [0.01, ...meanings.map((meaning) => (meaning.test(text) ? 1 : 0))],
    }));
    response.writeHead(200, { "content-type": "application/json" }).end(
      JSON.stringify({
        object: "list",
        model: "stand-in",
        data,
        usage: { prompt_tokens: 1, total_tokens: 1 },
      }),
    );
  });
  server = await startServerOnTestDatabase({
    environment: { MEMLANE_EMBEDDING_BASE_URL: `${receiver.url}/v1`, MEMLANE_EMBEDDING_MODEL: "small" },
  });
}, 60_000);
afterAll(async () => {
  await Promise.all([server?.stop(), receiver?.close()]);
});

const find = async (query: string, scope: object = { user_id: "ann" }) =>
  (await send(server, "POST /v1/memories/search", ingest(server), { query, ...scope })).body;
const textsOf = (body: { data: { text: string }[] }) => body.data.map(({ text }) => text);

/** Waits until this many memories have a vector. */
async function waitForVectors(count: number): Promise<void> {
  let found = 0;
  for (let looked = 0; looked < 400; looked += 1) {
    const [row] = await server.database.query<{ count: number }>(
      "select count(*)::integer as count from memlane.memory_vector",
    );
    found = row!.count;
    if (found === count) return;
    await sleep(25);
  }
  throw new Error(`there are ${found} vectors after 10 s, not ${count}`);
}

test("a memory with the same meaning is found without a word in common, however it was stored", async () => {
  await send(server, "POST /v1/memories?wait=true", ingest(server), {
    messages: [{ role: "user", content: "I have a dog. I like tea." }],
    user_id: "ann",
    conv_id: "c",
  });
  const { body: job } = await send(server, "POST /v1/batch", batch(server), {
    memories: [{ content: "Plays the cello.", user_id: "ann" }],
  });
  await send(server, `GET /v1/batch/${job.id}?wait=20`, batch(server));
  await waitForVectors(3);
  const found = await find("Which puppy?");
  expect(found.ranking).toBe("hybrid");
  expect(textsOf(found)[0]).toBe("User has a dog.");
  expect(textsOf(await find("Any instrument?"))[0]).toBe("Plays the cello.");
  expect(found.data[0].score).toBeGreaterThan(0);
  expect(found.data[0].score).toBeLessThanOrEqual(1);
  const { body } = await send(server, "POST /v1/memories/search", batch(server), {
    query: "beverage",
    user_id: "ann",
  });
  expect(body).toMatchObject({ ranking: "hybrid", results: [{ snippet: "User likes tea." }, {}, {}] });
});

test("a memory found by words and by meaning comes before one found by only one of them", async () => {
  await send(server, "POST /v1/memories", batch(server), { content: "A pet shop.", user_id: "ann" });
  await waitForVectors(4);
  expect(textsOf(await find("dog"))[0]).toBe("User has a dog.");
});

test("a filter applies to search by meaning too", async () => {
  const found = await find("puppy", { user_id: "bob" });
  expect(textsOf(found)).toEqual([]);
  expect(found.ranking).toBe("text"); // no vector took part
});

test("if the embedder fails, search is by text, and the answer's `ranking` is `text`", async () => {
  isDown = true;
  const found = await find("dog");
  expect([found.ranking, textsOf(found)]).toEqual([
    "text",
    ["User has a dog.", "user: I have a dog. I like tea."],
  ]);
  const asked = receiver.received.length;
  expect((await find("dog")).ranking).toBe("text");
  expect(receiver.received.length).toBe(asked); // not asked again for a while
  expect(server.logs.join("\n")).toContain("cannot embed a query");
});
