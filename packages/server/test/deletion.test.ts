// After a deletion no table, answer or retry contains the deleted words.
import { afterAll, beforeAll, expect, test } from "vitest";
import { batch, ingest, send, waitWhile } from "./http.ts";
import { startReceiver, type Receiver } from "./receiver.ts";
import { startServerOnTestDatabase, type ServerOnTestDatabase } from "./test-database.ts";

let server: ServerOnTestDatabase;
let receiver: Receiver;
beforeAll(async () => {
  receiver = await startReceiver();
  server = await startServerOnTestDatabase({ environment: { MEMLANE_WEBHOOK_ALLOW_PRIVATE: "true" } });
  await asIngest("PUT /v1/webhooks", { url: receiver.url });
}, 60_000);
afterAll(() => Promise.all([server?.stop(), receiver?.close()]));

const asIngest = (route: string, body?: unknown) => send(server, route, ingest(server), body);
const asBatch = (route: string, body?: unknown, headers: Record<string, string> = {}) =>
  send(server, route, { ...batch(server), ...headers }, body);

/** The tables with a row that contains a word. */
async function tablesWith(word: string): Promise<string[]> {
  const tables = await server.database.query<{ name: string }>(
    "select tablename as name from pg_tables where schemaname = 'memlane' order by 1",
  );
  const found: string[] = [];
  for (const { name } of tables) {
    const rows = await server.database.query(
      `select from memlane.${name} as line where strpos(lower(to_jsonb(line)::text), lower($1)) > 0`,
      [word],
    );
    if (rows.length > 0) found.push(name);
  }
  return found;
}

const converse = async (user_id: string, ...contents: string[]) =>
  (
    await asIngest("POST /v1/memories?wait=30", {
      messages: contents.map((content, index) => ({ role: "user", content, dia_id: `d${index}` })),
      user_id,
      conv_id: "c",
    })
  ).body;

test("of a conversation's memory: its job keeps the other memories, and an entry without text", async () => {
  const job = await converse("ann", "I live in Zanzibar.", "I like green tea.");
  const said = await converse("ann", "I live in Zanzibar!", "So what?"); // this job finds a known fact
  expect(said.result.messages).toMatchObject([{ outcome: "duplicate" }, { outcome: "nothing" }]);
  const [home] = job.result.memories_created;
  expect(await tablesWith("Zanzibar")).toEqual(["job", "memory", "message"]);
  expect((await asIngest(`DELETE /v1/memories/${home.id}`)).status).toBe(204);
  expect(await tablesWith("Zanzibar")).toEqual([]);
  const { body } = await asIngest(`GET /v1/jobs/${job.id}`);
  expect(body).toEqual({
    ...job,
    result: {
      ...job.result,
      memories_created: [{ ...home, text: "" }, ...job.result.memories_created.slice(1)],
    },
  });
  for (const { id } of [job, said]) {
    const retried = await asIngest(`POST /v1/jobs/${id}/retry`);
    expect([retried.status, retried.body.error.code]).toEqual([409, "conflict"]);
  }
});

test("of the memories and the episode of one job at the same time", async () => {
  const job = await converse("bob", "I live in Timbuktu.", "I like Lapsang.");
  const deleted = job.result.memories_created.map(({ id }: { id: string }) =>
    asIngest(`DELETE /v1/memories/${id}`),
  );
  // The episode is gone with its last message, perhaps before its own deletion.
  const statuses = (await Promise.all(deleted)).map(({ status }) => status);
  expect([204, 404]).toContain(statuses.pop());
  expect(statuses).toEqual([204, 204]);
  const { body } = await asIngest(`GET /v1/jobs/${job.id}`);
  expect(body.result.memories_created.map(({ text }: { text: string }) => text)).toEqual(["", "", ""]);
  expect(await tablesWith("Timbuktu")).toEqual([]);
  expect(await tablesWith("Lapsang")).toEqual([]);
});

test("of a batch's memory, and of a single write that is sent again with its key", async () => {
  const memories = [{ content: "Quixotic one.", metadata: { note: "Quixotic" } }, { content: "" }];
  const { body: created } = await asBatch("POST /v1/batch", { memories });
  const { body: ended } = await asBatch(`GET /v1/batch/${created.id}?wait=30`);
  expect(ended).toMatchObject({ status: "completed", imported: 1, failed: 1 });
  const key = { "idempotency-key": "quince" };
  const write = () => asBatch("POST /v1/memories", { content: "I like Quixotic tea." }, key);
  const written = await write();
  expect(written.status).toBe(201);
  const read = () => asBatch(`GET /v1/memories/${written.body.id}`);
  expect((await waitWhile(read, "processing")).facts).toHaveLength(1);
  expect(await tablesWith("Quixotic")).toEqual(["memory"]); // the request was dropped at the end of the batch
  for (const { id } of (await asBatch("GET /v1/memories?limit=200")).body.memories)
    await asIngest(`DELETE /v1/memories/${id}`);
  expect(await tablesWith("Quixotic")).toEqual([]);
  expect((await write()).status).toBe(404);
  const { body: retried } = await asBatch(`POST /v1/jobs/${created.id}/retry?wait=30`);
  expect(retried).toMatchObject({ received: 1, imported: 0 });
  expect(await tablesWith("Quixotic")).toEqual([]);
});
