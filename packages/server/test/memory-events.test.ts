// Webhook events about memories and the quota, over real HTTP, with a server process and a receiver.
import {
  memoryIds,
  webhookEventWire,
  type DataEventWire,
  type MemoryId,
  type WebhookEventWire,
} from "@memlane/core";
import { Webhook } from "standardwebhooks";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { newId } from "../src/base/new-id.ts";
import type { Sql } from "../src/database/database.ts";
import { tripleOf } from "../src/pipeline/statement/triple.ts";
import { endFact } from "../src/store/change-facts.ts";
import { saveOwnLimits } from "../src/store/limits.ts";
import { insertMemories } from "../src/store/memories.ts";
import { saveMonthlyWrites } from "../src/store/write-usage.ts";
import { batch, ingest, send, waitWhile } from "./http.ts";
import { startReceiver, type Receiver } from "./receiver.ts";
import { tablesWith } from "./tables-with.ts";
import { startServerOnTestDatabase, type ServerOnTestDatabase } from "./test-database.ts";

let server: ServerOnTestDatabase;
let receiver: Receiver;
beforeAll(async () => {
  receiver = await startReceiver();
  server = await startServerOnTestDatabase({ environment: { MEMLANE_WEBHOOK_ALLOW_PRIVATE: "true" } });
}, 60_000);
afterAll(() => Promise.all([server?.stop(), receiver?.close()]));
afterEach(async () => {
  await server.database.query("delete from memlane.webhook");
  await server.database.query("delete from memlane.webhook_delivery");
});

const asIngest = (route: string, body?: unknown) => send(server, route, ingest(server), body);
const asBatch = (route: string, body?: unknown) => send(server, route, batch(server), body);
const newUser = () => `user-${crypto.randomUUID()}`;

/** Creates a webhook for these events; without them as clients did before these events existed. */
const subscribe = async (...events: string[]) =>
  (await asIngest("POST /v1/webhooks", { url: receiver.url, ...(events.length > 0 && { events }) })).body;

/** The events for a webhook. They are stored with what they are about, so nothing is late. */
async function eventsFor({ id }: { readonly id: string }): Promise<WebhookEventWire[]> {
  const rows = await server.database.query<{ body: string }>(
    "select body from memlane.webhook_delivery where webhook_id = $1::uuid",
    [id.replace("whk_", "")],
  );
  return rows.map(({ body }) => webhookEventWire.parse(JSON.parse(body)));
}

const converse = async (user_id: string, ...contents: string[]) => {
  const messages = contents.map((content) => ({ role: "user", content }));
  const sent = { messages, user_id, agent_id: "bot", conv_id: "c1", extract_artifacts: true };
  const { status, body } = await asIngest("POST /v1/memories?wait=true", sent);
  expect(status).toBe(200);
  return body.result;
};
/** Writes a memory, and waits until its facts are mined. */
const write = async (user_id: string, content: string) => {
  const { status, body } = await asBatch("POST /v1/memories", { content, user_id, agent_id: "bot" });
  expect(status).toBe(201);
  await mined(body.id);
  return body;
};
const mined = async (id: string) => {
  const { status } = await waitWhile(() => asBatch(`GET /v1/memories/${id}`), "processing");
  expect(status).toBe("ready");
};

const created = (user_id: string, ...ids: string[]): DataEventWire[] =>
  ids.map((id) => ({ event: "memory.created", data: { id, user_id, agent_id: "bot" } }));
/** The events as texts, in an order that does not depend on time. */
const inOrder = (events: readonly WebhookEventWire[]) =>
  events.map((event) => JSON.stringify(event)).toSorted();

describe("memory.created", () => {
  test("arrives signed, and is repeated on a replay", async () => {
    const webhook = await subscribe("memory.created");
    const user = newUser();
    const { id } = await write(user, "I moved to Rome.");
    const first = await receiver.nth(1);
    const headers = first.headers as Record<string, string>;
    expect(new Webhook(webhook.secret).verify(first.body, headers)).toEqual(created(user, id)[0]);
    expect(headers["x-webhook-event"]).toBe("memory.created");
    const log = async () =>
      (await asIngest(`GET /v1/webhooks/deliveries?webhook_id=${webhook.id}`)).body.data;
    await expect.poll(log).toMatchObject([{ event: "memory.created", job_id: null, status: "succeeded" }]);
    const replayed = await asIngest(`POST /v1/webhooks/deliveries/${headers["webhook-id"]}/replay`);
    expect(replayed.status).toBe(202);
    const second = await receiver.nth(2);
    expect([second.headers["webhook-id"], second.body]).toEqual([headers["webhook-id"], first.body]);
  });

  test("is about each memory of a batch, not about refused items and mined facts", async () => {
    const webhook = await subscribe("memory.created");
    const user = newUser();
    const memories = ["I live in Oslo.", "", "I have a dog."].map((content) => ({
      content,
      user_id: user,
      agent_id: "bot",
    }));
    const { body } = await asBatch("POST /v1/batch", { memories });
    await asBatch(`GET /v1/batch/${body.id}?wait=30`);
    const listed = (await asBatch(`GET /v1/memories?user_id=${user}`)).body.memories;
    expect(listed).toHaveLength(2);
    for (const { id } of listed) await mined(id);
    expect((await asBatch(`GET /v1/facts?user_id=${user}`)).body.total).toBe(2);
    expect(inOrder(await eventsFor(webhook))).toEqual(
      inOrder(created(user, ...listed.map(({ id }: { id: string }) => id))),
    );
  });

  test("is about each memory of a conversation except its words", async () => {
    const webhook = await subscribe("memory.created");
    const user = newUser();
    const { memories_created } = await converse(user, "I live in Lima.", "```js\nconst answer = 42;\n```");
    const ids = memories_created.flatMap(({ id, type }: { id: string; type: string }) =>
      type === "episode" ? [] : [memoryIds.print(memoryIds.parse(id)!)],
    );
    expect(ids.length).toBeGreaterThan(0);
    expect(inOrder(await eventsFor(webhook))).toEqual(inOrder(created(user, ...ids)));
  });

  test("is not about what is history from the start: the batch dialect never lists it", async () => {
    const webhook = await subscribe("memory.created");
    const user = newUser();
    const say = (content: string, date: string) =>
      asIngest("POST /v1/memories?wait=true", {
        messages: [{ role: "user", content, date }],
        user_id: user,
        agent_id: "bot",
        conv_id: date,
      });
    await say("I live in Rome.", "2026-03-01T00:00:00Z");
    await say("I live in Oslo.", "2026-01-01T00:00:00Z");
    const { total } = (await asBatch(`GET /v1/facts?user_id=${user}&include_invalidated=true`)).body;
    expect(total).toBe(2);
    const listed = (await asBatch(`GET /v1/memories?user_id=${user}`)).body.memories;
    expect(await eventsFor(webhook)).toEqual(created(user, ...listed.map(({ id }: { id: string }) => id)));
  });

  test("is not about a changed memory, a fact that a client adds, or a repeated request", async () => {
    const webhook = await subscribe("memory.created");
    const user = newUser();
    const keyed = { ...batch(server), "idempotency-key": user };
    const writeAgain = () =>
      send(server, "POST /v1/memories", keyed, { content: "I like tea.", user_id: user, agent_id: "bot" });
    const { id } = (await writeAgain()).body;
    expect((await writeAgain()).body.id).toBe(id);
    await mined(id);
    expect((await asBatch(`PATCH /v1/memories/${id}`, { content: "I like coffee." })).status).toBe(200);
    await mined(id);
    const fact = { subject: "Eve", predicate: "lives_in", object: "Oslo", user_id: user };
    expect((await asBatch("POST /v1/facts", fact)).status).toBe(201);
    expect(await eventsFor(webhook)).toEqual(created(user, id));
  });
});

describe("fact.invalidated", () => {
  const addFact = async (user_id: string, object: string, more: object = {}) => {
    const fact = { subject: "Eve", predicate: "lives_in", object, user_id, ...more };
    const { status, body } = await asBatch("POST /v1/facts", fact);
    expect(status).toBe(201);
    return body;
  };
  const factOf = async (id: string) => (await asBatch(`GET /v1/facts/${id}`)).body;
  const factsOf = async (user: string) => (await asBatch(`GET /v1/facts?user_id=${user}`)).body.facts;
  /** What the event about a fact must be, read from the fact. */
  const invalidated = async (id: string): Promise<DataEventWire> => {
    const { invalidated_by, invalid_at } = await factOf(id);
    expect(invalid_at).not.toBeNull();
    return { event: "fact.invalidated", data: { fact_id: id, invalidated_by, at: invalid_at } };
  };
  const listen = () => subscribe("fact.invalidated");

  test("arrives when a conversation replaces a fact, once, also for a late correction of it", async () => {
    const webhook = await listen();
    const user = newUser();
    const say = (content: string, date: string) =>
      asIngest("POST /v1/memories?wait=true", {
        messages: [{ role: "user", content, date }],
        user_id: user,
        conv_id: date,
      });
    await say("I live in Oslo.", "2026-01-01T00:00:00Z");
    const [oslo] = await factsOf(user);
    await say("I live in Rome.", "2026-03-01T00:00:00Z");
    const [rome] = await factsOf(user);
    expect(await eventsFor(webhook)).toEqual([
      {
        event: "fact.invalidated",
        data: { fact_id: oslo.id, invalidated_by: rome.id, at: "2026-03-01T00:00:00.000Z" },
      },
    ]);
    await say("I live in Bern.", "2026-02-01T00:00:00Z"); // between the two: nothing that was active ends
    expect((await factOf(oslo.id)).invalid_at).toBe("2026-02-01T00:00:00.000Z");
    expect(await eventsFor(webhook)).toHaveLength(1);
  });

  test("arrives when a client adds, corrects, restates in the past or ends a fact", async () => {
    const webhook = await listen();
    const user = newUser();
    const [oslo, rome] = [await addFact(user, "Oslo"), await addFact(user, "Rome")];
    expect(rome.invalidated).toEqual([oslo.id]);
    const bern = (await asBatch(`PATCH /v1/facts/${rome.id}`, { object: "Bern" })).body;
    await addFact(user, "Bern", { tense: "past" });
    const lima = await addFact(user, "Lima");
    expect((await asBatch(`POST /v1/facts/${lima.id}/forget`)).body.status).toBe("forgotten");
    expect((await asBatch(`POST /v1/facts/${lima.id}/forget`)).body.status).toBe("already_forgotten");
    const ids = [oslo.id, rome.id, bern.id, lima.id];
    expect(inOrder(await eventsFor(webhook))).toEqual(inOrder(await Promise.all(ids.map(invalidated))));
  });

  test("arrives at once for an end that is still to come, and again if the end changes", async () => {
    const webhook = await listen();
    const fact = await addFact(newUser(), "Oslo");
    const forget = (at: string) => asBatch(`POST /v1/facts/${fact.id}/forget`, { at });
    const event = (at: string) => ({
      event: "fact.invalidated",
      data: { fact_id: fact.id, invalidated_by: null, at },
    });
    await forget("2999-12-31T00:00:00Z");
    await forget("2999-01-01T00:00:00.123Z");
    expect(inOrder(await eventsFor(webhook))).toEqual([
      JSON.stringify(event("2999-01-01T00:00:00.123Z")),
      JSON.stringify(event("2999-12-31T00:00:00.000Z")),
    ]);
  });

  test("arrives when a memory is forgotten: for its facts, and for a memory that is a fact", async () => {
    const webhook = await listen();
    const user = newUser();
    const [first, second] = [await write(user, "I live in Oslo."), await write(user, "I live in Oslo.")];
    const [fact] = await factsOf(user);
    await asBatch(`DELETE /v1/memories/${first.id}`);
    expect(await eventsFor(webhook)).toEqual([]); // the second memory states the fact
    await asBatch(`DELETE /v1/memories/${second.id}`);
    expect(await eventsFor(webhook)).toEqual([await invalidated(fact.id)]);

    const speaker = newUser();
    await converse(speaker, "I live in Rome.");
    const [said] = await factsOf(speaker);
    await asBatch(`DELETE /v1/memories/${said.id.replace("fct_", "mem_")}`);
    expect(await eventsFor(webhook)).toContainEqual(await invalidated(said.id));
  });

  test("arrives when a changed memory no longer states a fact, or states another in its place", async () => {
    const webhook = await listen();
    const user = newUser();
    const { id } = await write(user, "I live in Oslo. I have a dog.");
    const before = await factsOf(user);
    expect(before).toHaveLength(2);
    await asBatch(`PATCH /v1/memories/${id}`, { content: "I live in Rome." });
    await mined(id);
    expect(inOrder(await eventsFor(webhook))).toEqual(
      inOrder(await Promise.all(before.map((fact: { id: string }) => invalidated(fact.id)))),
    );
  });

  test("does not arrive for what is erased, and an erasure takes the deliveries along", async () => {
    await subscribe("memory.created", "fact.invalidated");
    const stored = async () => (await server.database.query("select from memlane.webhook_delivery")).length;
    const user = newUser();
    await addFact(user, "Oslo");
    await addFact(user, "Rome");
    const { id } = await write(user, "I have a dog.");
    const other = newUser();
    await write(other, "I have a dog.");
    expect(await stored()).toBe(3);
    const uuid = memoryIds.parse(id)!;
    expect((await asIngest(`DELETE /v1/memories/${uuid}`)).status).toBe(204);
    expect(await stored()).toBe(2);
    const receipt = (await asBatch(`DELETE /v1/users/${user}/memories`)).body;
    expect(receipt).toMatchObject({ facts_deleted: 2, deliveries_deleted: 1 });
    expect(await tablesWith(server.database, user)).not.toContain("webhook_delivery");
    expect(await stored()).toBe(1);
    expect((await asBatch(`DELETE /v1/agents/bot`)).body).toMatchObject({ deliveries_deleted: 1 });
    expect(await stored()).toBe(0);
  });
});

test("an event is stored if, and only if, the change that it is about is committed", async () => {
  await subscribe("*");
  const { database, orgId } = server;
  const stored = async () =>
    (
      await database.query<{ event: string }>("select event from memlane.webhook_delivery order by event")
    ).map(({ event }) => event);
  const id = newId() as MemoryId;
  const triple = tripleOf("User lives in Oslo.", "home");
  const change = async (sql: Sql) => {
    await insertMemories(sql, orgId, [{ id, type: "fact", text: "x", conversation_id: "c", triple }]);
    await endFact(sql, orgId, id, undefined);
    await saveMonthlyWrites(sql, orgId, { writes: 8, limit: 10 });
  };
  const dies = database.transaction(async (sql) => {
    await change(sql);
    throw new Error("the process dies here");
  });
  await expect(dies).rejects.toThrow("dies");
  expect(await stored()).toEqual([]);
  await database.transaction(change);
  expect(await stored()).toEqual(["fact.invalidated", "memory.created", "quota.warning"]);
});

describe("a webhook", () => {
  test("for `*` gets the events about jobs, too, and one that names no events gets only those", async () => {
    const [all, old, main] = [
      await subscribe("*"),
      await subscribe(),
      (await asIngest("PUT /v1/webhooks", { url: receiver.url })).body,
    ];
    expect(all.events).toEqual(["*"]);
    await converse(newUser(), "I live in Bern.");
    const names = async (webhook: { id: string }) => (await eventsFor(webhook)).map(({ event }) => event);
    expect((await names(all)).toSorted()).toEqual(["memory.created", "memory.learning.completed"]);
    expect(await names(old)).toEqual(["memory.learning.completed"]);
    expect(await names(main)).toEqual(["memory.learning.completed"]);
  });

  test("that is disabled, or of another organisation, gets nothing", async () => {
    const webhook = await subscribe("*");
    await asIngest(`PATCH /v1/webhooks/${webhook.id}`, { enabled: false });
    await write(newUser(), "I live in Quito.");
    await server.database.query("insert into memlane.org (id) values ('elsewhere')");
    await server.database.query("update memlane.webhook set org_id = 'elsewhere', enabled = true");
    await write(newUser(), "I live in Quito.");
    expect(await server.database.query("select from memlane.webhook_delivery")).toEqual([]);
  });
});

describe("quota.warning", () => {
  const limitTo = async (writesPerMonth: number | null) => {
    const requestsPerMinute = 1000 + (writesPerMonth ?? 0); // the headers show when the change applies
    await saveOwnLimits(server.database, server.orgId, { writesPerMonth, requestsPerMinute });
    const ask = async () => (await asBatch("GET /v1/memories")).headers.get("ratelimit-limit");
    await expect.poll(ask).toBe(String(requestsPerMinute));
  };
  const forgetUsage = async () => {
    await server.database.query("delete from memlane.memory");
    await server.database.query("delete from memlane.monthly_writes");
    await server.database.query("delete from memlane.webhook_delivery");
  };
  const writeMany = (count: number) =>
    Promise.all(Array.from({ length: count }, () => asBatch("POST /v1/memories", { content: "x" })));
  const warning = (used: number, limit: number, percent: number) => ({
    event: "quota.warning",
    data: { used, limit, percent },
  });
  beforeEach(forgetUsage);

  test("arrives at 80 % of the month's memories, once, and again next month", async () => {
    const webhook = await subscribe("quota.warning");
    await limitTo(10);
    await writeMany(7);
    expect(await eventsFor(webhook)).toEqual([]);
    for (let more = 0; more < 3; more += 1) await writeMany(1);
    expect((await writeMany(1))[0]!.status).toBe(429);
    expect(await eventsFor(webhook)).toEqual([warning(8, 10, 80)]);

    await server.database.query("delete from memlane.memory");
    await server.database.query(
      "update memlane.monthly_writes set month = month - interval '1 month' where writes = 10",
    );
    await writeMany(8);
    expect(await eventsFor(webhook)).toHaveLength(2);
  });

  test("has the used part of the quota rounded down, also if one job passes the mark by far", async () => {
    const webhook = await subscribe("*");
    await limitTo(7);
    const memories = Array.from({ length: 6 }, () => ({ content: "x" }));
    const { body } = await asBatch("POST /v1/batch", { memories });
    await asBatch(`GET /v1/batch/${body.id}?wait=30`);
    const warnings = (await eventsFor(webhook)).filter(({ event }) => event === "quota.warning");
    expect(warnings).toEqual([warning(6, 7, 85)]);
  });

  test("arrives once if many memories are written at the same time", async () => {
    const webhook = await subscribe("quota.warning");
    await limitTo(40);
    await writeMany(60);
    const events = await eventsFor(webhook);
    expect(events).toHaveLength(1);
    expect(events).toMatchObject([{ event: "quota.warning", data: { limit: 40 } }]);
  });

  test("does not arrive without a quota, or if the memories are not stored after all", async () => {
    const webhook = await subscribe("quota.warning");
    await limitTo(null);
    await writeMany(3);
    await forgetUsage();
    await limitTo(2);
    const messages = ["I live in Lima.", "I have a dog.", "I like tea."];
    const sent = {
      messages: messages.map((content) => ({ role: "user", content })),
      user_id: newUser(),
      conv_id: "c",
    };
    const { body } = await asIngest("POST /v1/memories?wait=true", sent);
    expect(body).toMatchObject({ status: "failed", error: { reason: "quota_exceeded" } });
    expect(await eventsFor(webhook)).toEqual([]);
  });
});
