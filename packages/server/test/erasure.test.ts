// After an erasure no table contains the erased words, and no job or webhook writes or sends them later.
import type { ServerResponse } from "node:http";
import { afterAll, beforeAll, expect, test } from "vitest";
import { newId } from "../src/base/new-id.ts";
import { finishErasures } from "../src/memories/finish-erasures.ts";
import { runErasure } from "../src/memories/run-erasure.ts";
import { insertErasure } from "../src/store/erasures.ts";
import { batch, ingest, send, waitWhile, type Answer } from "./http.ts";
import { quotedIn, remember, startModelEndpoint, type ModelEndpoint } from "./model-endpoint.ts";
import { startReceiver, type Receiver } from "./receiver.ts";
import { tablesWith } from "./tables-with.ts";
import { startServerOnTestDatabase, type ServerOnTestDatabase } from "./test-database.ts";

let server: ServerOnTestDatabase;
let receiver: Receiver;
let model: ModelEndpoint;
/** Requests to the model that wait for the test, because their conversation contains "wait". */
const waiting: (() => void)[] = [];
let arrived = () => {};

beforeAll(async () => {
  receiver = await startReceiver((response) => response.writeHead(503).end());
  model = await startModelEndpoint((response, request) => {
    const messages = quotedIn(request);
    const answer = () => rememberAll(response, messages);
    if (!messages.some(({ text }) => text.includes("wait"))) return answer();
    waiting.push(answer);
    arrived();
  });
  server = await startServerOnTestDatabase({
    environment: {
      MEMLANE_WEBHOOK_ALLOW_PRIVATE: "true",
      MEMLANE_WORKER_CONCURRENCY: "2",
      MEMLANE_LLM_BASE_URL: model.baseUrl,
      MEMLANE_LLM_MODEL: "small",
    },
  });
  await asIngest("PUT /v1/webhooks", { url: receiver.url });
}, 60_000);
afterAll(() => Promise.all([server?.stop(), receiver?.close(), model?.close()]));

const rememberAll = (response: ServerResponse, messages: readonly { id: string; text: string }[]) =>
  remember(
    response,
    ...messages.map(({ id, text }) => [text.replace("I live", "User lives"), id] as [string, string]),
  );

const asIngest = (route: string, body?: unknown) => send(server, route, ingest(server), body);
const asBatch = (route: string, body?: unknown, headers: Record<string, string> = {}) =>
  send(server, route, { ...batch(server), ...headers }, body);
const eraseUser = async (userId: string) =>
  (await asBatch(`DELETE /v1/users/${encodeURIComponent(userId)}/memories`)).body;
const tables = (word: string) => tablesWith(server.database, word);
const stored = async (filter: string) =>
  (await asBatch(`GET /v1/memories?limit=200&${filter}`)).body.memories.map(
    ({ content }: { content: string }) => content,
  );

const converse = (user_id: string, content: string, more: object = {}): Promise<Answer> =>
  asIngest("POST /v1/memories", {
    messages: [{ role: "user", name: `Name of ${user_id}`, content, dia_id: `${content} (id)` }],
    user_id,
    conv_id: `conversation of ${user_id}`,
    ...more,
  });
const endOf = (id: string) =>
  waitWhile(() => asIngest(`GET /v1/jobs/${id}`), "pending", "running", "processing");

/** Blocks the step of a batch that stores an item with this text, until the returned function is called. */
async function blockBatchAt(text: string): Promise<() => Promise<void>> {
  await server.database.query(
    `create or replace function memlane.wait_for_test() returns trigger language plpgsql as $$
       begin
         if new.text = '${text}' then perform pg_advisory_xact_lock(7); end if;
         return new;
       end $$`,
  );
  await server.database.query(
    "create or replace trigger wait_for_test before insert on memlane.memory for each row execute function memlane.wait_for_test()",
  );
  const { promise: released, resolve: release } = Promise.withResolvers<void>();
  const { promise: locked, resolve: hasLocked } = Promise.withResolvers<void>();
  const lock = server.database.transaction(async (sql) => {
    await sql.query("set local idle_in_transaction_session_timeout = 0");
    await sql.query("select pg_advisory_xact_lock(7)");
    hasLocked();
    await released;
  });
  await locked;
  return async () => {
    release();
    await lock;
  };
}

/** Waits until a statement of an erasure waits for a lock. */
const untilErasureWaits = () =>
  expect
    .poll(
      () =>
        server.database.query(
          `select from pg_stat_activity
           where datname = current_database() and wait_event_type = 'Lock' and query like '%memlane.job%for update'`,
        ),
      { timeout: 10_000 },
    )
    .toHaveLength(1);

test("of a user: no words remain, in jobs of any state, waiting webhooks or repeated requests", async () => {
  // Ended: a conversation, a single memory with a key, and a batch with refused items.
  const ended = (await converse("ann", "I live in Zanzibar.")).body;
  await endOf(ended.id);
  const single = { content: "Zanzibar single.", user_id: "ann", metadata: { note: { deep: ["Zanzibar"] } } };
  const write = () => asBatch("POST /v1/memories", single, { "idempotency-key": "k" });
  expect((await write()).status).toBe(201);
  const { body: mixed } = await asBatch("POST /v1/batch", {
    memories: [
      { content: "", user_id: "ann", metadata: { id: "zanzibar-1" } },
      { content: 7, user_id: "ann", metadata: { id: "zanzibar-2" } },
      { content: "Zanzibar batch.", user_id: "ann" },
      { content: "Bob's own.", user_id: "bob" },
      { content: "", user_id: "bob", metadata: { id: "bobs-item" } },
    ],
  });
  expect(await endOf(mixed.id)).toMatchObject({ imported: 2, failed: 3 });
  // Running and queued: the model does not answer for ann.
  const twoArrived = new Promise<void>((resolve) => (arrived = () => waiting.length === 2 && resolve()));
  const running = [
    await converse("ann", "I live in Zanzibar, wait 1."),
    await converse("ann", "I live in Zanzibar, wait 2."),
  ];
  await twoArrived;
  const queued = (await converse("ann", "I live in Zanzibar now.")).body;
  const queuedOfBob = (await converse("bob", "I live in Moroni.")).body;
  await receiver.nth(1); // the webhook of the first conversation was refused, and waits for its next attempt
  expect(await tables("Zanzibar")).toEqual(["job", "memory", "message"]);
  expect(await tables("ann")).toContain("webhook_delivery");
  expect((await asBatch("GET /v1/users")).body).toMatchObject({
    users: [
      { user_id: "ann", memories: 2, facts: 1 },
      { user_id: "bob", memories: 1, facts: 0 },
    ],
    total: 2,
  });

  const receipt = await eraseUser("ann");
  expect(receipt).toMatchObject({
    user_id: "ann",
    memories_deleted: 2,
    facts_deleted: 1,
    memories_forgotten: 2,
    facts_invalidated: 1,
    messages_deleted: 1,
    jobs_erased: 5,
    deliveries_deleted: 1,
    finished: true,
    erasure: "permanent",
  });
  expect(await tables("Zanzibar")).toEqual([]);
  for (const answer of waiting.splice(0)) answer(); // the workers try to store what they have read
  await endOf(queuedOfBob.id);
  expect(await tables("Zanzibar")).toEqual([]);
  expect(await tables("conversation of ann")).toEqual([]);
  for (const { body } of running) {
    const job = await endOf(body.id);
    expect(job).toMatchObject({ status: "failed", error: { code: "ingest_failed", reason: "cancelled" } });
  }
  expect(await endOf(queued.id)).toMatchObject({ status: "failed" });
  expect((await asIngest(`GET /v1/jobs/${ended.id}`)).body.result.memories_created).toEqual([]);
  for (const id of [ended.id, queued.id])
    expect((await asIngest(`POST /v1/jobs/${id}/retry`)).status).toBe(409);
  expect((await write()).status).toBe(404);
  // Bob has lost nothing, and the batch still names his item.
  expect(await stored("user_id=bob")).toEqual(expect.arrayContaining(["Bob's own."]));
  expect(await tables("bobs-item")).toEqual(["job"]);
  const retried = await endOf((await asIngest(`POST /v1/jobs/${mixed.id}/retry`)).body.id);
  expect(retried).toMatchObject({ received: 3, imported: 0, failed: 3 });
  expect(await tables("Zanzibar")).toEqual([]);
  // The receipt is in the audit log, with numbers only. What comes later is stored again.
  const { events } = (await asBatch("GET /v1/audit?action=erase")).body;
  expect(events).toMatchObject([
    {
      id: receipt.audit_id,
      action: "erase",
      result: "ok",
      user_id: "ann",
      ip: "127.0.0.1",
      meta: { scope: "user", memories: 2 },
    },
  ]);
  await asBatch("POST /v1/memories", { content: "Back again.", user_id: "ann" });
  expect(await stored("user_id=ann")).toEqual(["Back again."]);
}, 60_000);

test("of a user with a batch that is running: the others' items are all stored", async () => {
  const release = await blockBatchAt("Item 150 of carl.");
  const memories = Array.from({ length: 300 }, (_, index) => {
    const user_id = index % 3 === 0 ? "carl" : "dora";
    return { content: `Item ${index} of ${user_id}.`, user_id, agent_id: "importer" };
  });
  const { body: created } = await asBatch("POST /v1/batch", { memories });
  await expect.poll(async () => (await asBatch(`GET /v1/batch/${created.id}`)).body.imported).toBe(100);
  const erasing = eraseUser("carl");
  await untilErasureWaits();
  await release();
  const { memories_deleted: deleted } = await erasing;
  const ended = await endOf(created.id);
  // On a busy machine the worker can store the last 33 items before the erasure gets its turn: then these are deleted, too.
  expect([67, 100]).toContain(deleted);
  expect(ended).toMatchObject({ status: "completed", imported: 200 + deleted, failed: 100 - deleted });
  for (const { error } of ended.errors) expect(error).toBe("the memory was erased");
  expect(await tables("of carl")).toEqual([]);
  expect((await asBatch("GET /v1/memories?user_id=dora")).body.total).toBe(200);
}, 60_000);

test("of an agent: its words are gone, and other agents keep theirs", async () => {
  await endOf((await converse("eve", "I live in Quito.", { agent_id: "bot#1/a b?" })).body.id);
  await endOf((await converse("eva", "I live in Lima.", { agent_id: "other" })).body.id);
  const { agents } = (await asBatch("GET /v1/agents")).body;
  expect(agents).toMatchObject([
    { agent_id: "other", memories: 0, facts: 1 },
    { agent_id: "bot#1/a b?", facts: 1 },
    { agent_id: "importer", memories: 200 },
  ]);
  expect((await asBatch("GET /v1/users?agent_id=other")).body).toMatchObject({
    users: [{ user_id: "eva", facts: 1 }],
    total: 1,
  });
  const erase = () => asBatch(`DELETE /v1/agents/${encodeURIComponent("bot#1/a b?")}`);
  expect((await erase()).body).toMatchObject({ agent_id: "bot#1/a b?", facts_deleted: 1, slot_freed: true });
  expect(await tables("Quito")).toEqual([]);
  expect(await tables("Lima")).toEqual(["job", "memory", "message"]);
  const again = await erase();
  expect([again.status, again.body]).toEqual([
    404,
    { code: "not_found", message: "No agent namespace 'bot#1/a b?' in this project." },
  ]);
});

test("of one memory: its item in an unfinished batch is gone too", async () => {
  const release = await blockBatchAt("Blocking.");
  const memories = Array.from({ length: 101 }, (_, index) => ({
    content: index === 0 ? "Pemba." : index === 100 ? "Blocking." : `Filling ${index}.`,
    user_id: "fred",
  }));
  const { body: created } = await asBatch("POST /v1/batch", { memories });
  await expect.poll(async () => (await asBatch(`GET /v1/batch/${created.id}`)).body.imported).toBe(100);
  const [pemba] = await server.database.query<{ id: string }>(
    "select id from memlane.memory where text = 'Pemba.'",
  );
  const erasing = asIngest(`DELETE /v1/memories/${pemba!.id}`);
  await release();
  expect((await erasing).status).toBe(204);
  expect(await tables("Pemba")).toEqual([]);
  expect(await endOf(created.id)).toMatchObject({ imported: 101, failed: 0 });
});

test("an empty scope is refused, and an unknown user is no error", async () => {
  expect((await asBatch("DELETE /v1/users//memories")).status).toBe(404);
  expect((await asBatch("DELETE /v1/agents/")).status).toBe(404);
  expect((await asBatch(`DELETE /v1/users/${"x".repeat(256)}/memories`)).status).toBe(422);
  expect((await asBatch("DELETE /v1/users/%00/memories")).status).toBe(422);
  expect(await eraseUser("nobody")).toMatchObject({ memories_deleted: 0, facts_deleted: 0, finished: true });
  const empty = {
    id: newId(),
    orgId: server.orgId,
    scope: { kind: "user", name: "" },
    ip: null,
    sentBy: null,
  } as const;
  await expect(insertErasure(server.database, empty)).rejects.toThrow("check");
});

test("what a job stores between the request of an erasure and its first step is erased, too", async () => {
  const { database, orgId } = server;
  const arrival = new Promise<void>((resolve) => (arrived = resolve));
  const conversation = await converse("hal", "I live in Lusaka, wait.");
  await arrival;
  const release = await blockBatchAt("Lusaka item.");
  const { body: items } = await asBatch("POST /v1/batch", {
    memories: [{ content: "Lusaka item.", user_id: "hal" }],
  });
  await expect.poll(async () => (await asBatch(`GET /v1/batch/${items.id}`)).body.status).toBe("processing");
  const id = newId();
  await insertErasure(database, { id, orgId, scope: { kind: "user", name: "hal" }, ip: null, sentBy: null });
  for (const answer of waiting.splice(0)) answer();
  await release();
  for (const job of [conversation.body, items])
    expect((await endOf(job.id)).status).toMatch(/completed|succeeded/);
  await asBatch("POST /v1/memories", { content: "Ndola.", user_id: "hal" });
  await runErasure({ database, orgId, id, onChanged: () => {}, isOver: () => false });
  expect(await tables("Lusaka")).toEqual([]);
  expect(await stored("user_id=hal")).toEqual(["Ndola."]);
});

test("an erasure whose process dies is finished by another, without what was stored meanwhile", async () => {
  const { database, orgId } = server;
  await database.query(
    `insert into memlane.memory (id, org_id, type, text, user_id, verbatim)
     select gen_random_uuid(), $1, 'fact', 'Kigoma ' || number, 'gil', true from generate_series(1, 1500) as number`,
    [orgId],
  );
  const id = newId();
  await insertErasure(database, { id, orgId, scope: { kind: "user", name: "gil" }, ip: null, sentBy: null });
  await asBatch("POST /v1/memories", { content: "Mwanza.", user_id: "gil" });
  let steps = 0;
  const died = await runErasure({
    database,
    orgId,
    id,
    onChanged: () => (steps += 1),
    isOver: () => steps === 3,
  });
  expect(died).toMatchObject({ counts: { memories: 1000 }, isFinished: false });
  await finishErasures(
    database,
    () => {},
    () => false,
  ); // it has not waited long enough
  expect(await tables("Kigoma")).toEqual(["memory"]);
  await database.query("update memlane.erasure set due_at = now()");
  await finishErasures(
    database,
    () => {},
    () => false,
  );
  expect(await tables("Kigoma")).toEqual([]);
  expect(await stored("user_id=gil")).toEqual(["Mwanza."]);
  expect((await asBatch("GET /v1/audit?action=erase&user_id=gil")).body.events).toMatchObject([
    { meta: { memories: 1500 } },
  ]);
});
