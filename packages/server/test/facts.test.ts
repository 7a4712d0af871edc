// Facts in the batch dialect: mined from memories, added by clients, corrected and forgotten.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { batch, ingest, send, waitWhile } from "./http.ts";
import { splitOldFacts } from "../src/memories/split-old-facts.ts";
import { createOfflineExtractor } from "../src/pipeline/extract/english/offline-extractor.ts";
import { createTextStages } from "../src/pipeline/text-stages.ts";
import { startServerOnTestDatabase, type ServerOnTestDatabase } from "./test-database.ts";

let server: ServerOnTestDatabase;
beforeAll(async () => {
  server = await startServerOnTestDatabase();
}, 30_000);
afterAll(() => server?.stop());

const ask = (path: string, body?: unknown) => send(server, path, batch(server), body);
const get = async (path: string) => (await ask(`GET ${path}`)).body;

/** Writes memories of a user and waits until they are mined. */
async function write(user: string | null, ...memories: { content: string; timestamp?: string }[]) {
  const written = [];
  for (const memory of memories) {
    const { status, body } = await ask("POST /v1/memories", { ...memory, user_id: user });
    expect(status).toBe(201);
    expect(body).toMatchObject({ content: memory.content, facts: [] });
    written.push(body);
  }
  return Promise.all(written.map(({ id }) => waitWhile(() => ask(`GET /v1/memories/${id}`), "processing")));
}
const linesOf = (facts: { subject: string; predicate: string; object: string }[]) =>
  facts.map(({ subject, predicate, object }) => `${subject} ${predicate} ${object}`);
const factsOf = async (user: string, query = "") => (await get(`/v1/facts?user_id=${user}${query}`)).facts;

test.each([
  ["User", "unknown", "self"],
  ["me", "", "self"],
  ["Bob", "", "unknown"],
  ["Bob", "person", "person"],
])(
  "a fact about %s with the subject type %j has the subject type %s",
  async (subject, subject_type, kept) => {
    const fact = { subject, predicate: "likes", object: "coffee", user_id: `${subject}${subject_type}` };
    expect((await ask("POST /v1/facts", { ...fact, subject_type })).body.subject_type).toBe(kept);
  },
);

describe("a memory that a client writes", () => {
  test("is kept as it is, and its facts are mined afterwards", async () => {
    const answer = await ask("POST /v1/memories", {
      content: "I live in Rome. I work for Acme.",
      user_id: "ada",
    });
    expect([answer.status, answer.body]).toMatchObject([201, { status: "processing", facts: [] }]);
    const { id } = answer.body;
    const memory = await waitWhile(() => ask(`GET /v1/memories/${id}`), "processing");
    expect(memory).toMatchObject({ status: "ready", content: "I live in Rome. I work for Acme." });
    expect(linesOf(memory.facts).toSorted()).toEqual(["self lives in Rome", "self works at Acme"]);
    expect(memory.facts[1]).toEqual({
      id: expect.stringMatching(/^fct_[0-9a-f]{32}$/),
      subject: "self",
      predicate: expect.any(String),
      object: expect.any(String),
      predicate_family: expect.stringMatching(/^(?:location|employment)$/),
      predicate_raw: expect.stringMatching(/^(?:lives in|works for)$/),
      subject_type: "self",
      object_is_literal: false,
      confidence: 0.9,
      user_id: "ada",
      agent_id: null,
      valid_from: memory.created_at,
      invalid_at: null,
      invalidated_by: null,
      source_memory_id: id,
      source_memory_ids: [id],
      created_at: expect.any(String),
      tense: "current",
      observation_count: 1,
      last_confirmed_at: memory.created_at,
      subject_canonical: "self",
      object_canonical: expect.any(String),
    });
    expect(await get("/v1/memories?user_id=ada")).toMatchObject({ total: 1, memories: [{ id }] });
    const { body: found } = await ask("POST /v1/memories/search", { query: "Rome", user_id: "ada" });
    expect(found.results.map((result: { id: string }) => result.id)).toEqual([id]);
    const { body: facts } = await send(server, "GET /v1/memories?user_id=ada", ingest(server));
    expect(facts.data.map(({ text }: { text: string }) => text)).toContain("User works for Acme.");
    const { body: sources } = await send(
      server,
      `GET /v1/memories/${facts.data[0].id}/sources`,
      ingest(server),
    );
    expect(sources.data).toMatchObject([{ text: memory.content }]);
  });

  test("shows the present names of what was renamed, also if it was renamed twice or back", async () => {
    await write("uma", { content: "I work at Acme. Acme was renamed to Globex.", timestamp: "2026-03-01" });
    const namesOf = async () =>
      (await factsOf("uma")).map((fact: Record<string, unknown>) =>
        [fact.subject_canonical, fact.object, fact.object_canonical].join(),
      );
    expect(await namesOf()).toEqual(["Acme,Globex,Globex", "self,Acme,Globex"]);
    const rename = (subject: string, object: string, valid_from: string) =>
      ask("POST /v1/facts", { subject, predicate: "renamed_to", object, user_id: "uma", valid_from });
    const { body } = await rename("Globex", "Initech", "2026-04-01");
    expect(body).toMatchObject({ predicate: "is now called", predicate_raw: "renamed_to" });
    expect(await namesOf()).toContain("self,Acme,Initech");
    await rename("Initech", "Acme", "2026-05-01");
    expect(await namesOf()).toContain("self,Acme,Acme");
    await ask("POST /v1/facts", { subject: "Bob", predicate: "knows", object: "Acme", user_id: "other" });
    expect((await factsOf("other"))[0]).toMatchObject({ subject_canonical: "Bob", object_canonical: "Acme" });
  });

  test("confirms facts that are known, and what happened later wins, not what arrives later", async () => {
    const [first] = await write("bob", { content: "I live in Oslo.", timestamp: "2026-03-01" });
    await write("bob", { content: "I live in Bergen.", timestamp: "2026-01-01" });
    await write("bob", { content: "I live in Oslo.", timestamp: "2026-04-01" });
    const [oslo] = await factsOf("bob");
    expect(oslo).toMatchObject({
      id: first.facts[0].id,
      object: "Oslo",
      observation_count: 2,
      valid_from: "2026-03-01T00:00:00.000Z",
      last_confirmed_at: "2026-04-01T00:00:00.000Z",
    });
    expect(oslo.source_memory_ids).toHaveLength(2);
    expect(linesOf(await factsOf("bob", "&as_of=2026-02-01"))).toEqual(["self lives in Bergen"]);
    expect(await factsOf("bob", "&include_invalidated=true")).toHaveLength(2);
  });

  test("may be about no user", async () => {
    const [one] = await write(null, { content: "I like tea." });
    const [other] = await write(null, { content: "I like tea." });
    expect(other.facts.map(({ id }: { id: string }) => id)).toEqual([one.facts[0].id]);
  });

  test("of a batch is mined, too", async () => {
    const { body: job } = await ask("POST /v1/batch", {
      memories: [
        { content: "I like tea.", user_id: "cleo" },
        { content: "I have a dog.", user_id: "cleo" },
      ],
    });
    await waitWhile(() => ask(`GET /v1/batch/${job.id}`), "pending", "processing");
    await expect
      .poll(() => get("/v1/events?user_id=cleo"))
      .toMatchObject({ processing: 0, events: [{ status: "ready" }, { status: "ready" }] });
    expect(await get("/v1/events?user_id=cleo&status=processing")).toEqual({ events: [], processing: 0 });
    expect(linesOf(await factsOf("cleo")).toSorted()).toEqual(["self has a dog", "self likes tea"]);
  });
});

describe("a memory that a client changes", () => {
  test("is mined again: facts that it no longer states end, the others are confirmed", async () => {
    const [memory] = await write("dora", { content: "I live in Rome. I like tea." });
    const patch = { content: "I live in Paris. I like tea.", expected_updated_at: memory.updated_at };
    const changed = await ask(`PATCH /v1/memories/${memory.id}`, patch);
    expect([changed.status, changed.body]).toMatchObject([
      200,
      { content: patch.content, status: "processing" },
    ]);
    const mined = await waitWhile(() => ask(`GET /v1/memories/${memory.id}`), "processing");
    expect(linesOf(mined.facts).toSorted()).toEqual(["self likes tea", "self lives in Paris"]);
    await ask(`PATCH /v1/memories/${memory.id}`, { content: "I like tea." });
    await waitWhile(() => ask(`GET /v1/memories/${memory.id}`), "processing");
    expect(linesOf(await factsOf("dora"))).toEqual(["self likes tea"]);
    const stale = await ask(`PATCH /v1/memories/${memory.id}`, {
      ...patch,
      expected_updated_at: "2020-01-01",
    });
    expect([stale.status, stale.body.code]).toEqual([409, "stale_write"]);
    const blank = await ask(`PATCH /v1/memories/${memory.id}`, { content: " " });
    expect([blank.status, blank.body.code]).toEqual([422, "invalid_request"]);
    const { events } = await get(`/v1/memories/${memory.id}/history`);
    expect(events.map(({ event }: { event: string }) => event)).toEqual([
      "created",
      "fact_extracted",
      "fact_extracted",
      "updated",
      "fact_extracted",
      "fact_invalidated",
      "updated",
      "fact_invalidated",
    ]);
    expect(events[5]).toMatchObject({ fact: "self lives in Rome", fact_id: expect.stringMatching(/^fct_/) });
  });

  test("and then forgets ends the facts that no other memory states", async () => {
    const [one] = await write("emil", { content: "I live in Rome. I like tea." }, { content: "I like tea." });
    const { body } = await ask(`DELETE /v1/memories/${one.id}`);
    expect(body).toMatchObject({ id: one.id, status: "forgotten", facts_invalidated: 1 });
    expect(linesOf(await factsOf("emil"))).toEqual(["self likes tea"]);
    for (const again of [`DELETE /v1/memories/${one.id}`, `GET /v1/memories/${one.id}`])
      expect((await ask(again)).status).toBe(404);
    expect((await send(server, `GET /v1/memories/${one.id}`, ingest(server))).status).toBe(404);
    expect((await get("/v1/memories?user_id=emil")).total).toBe(1);
    const { events } = await get(`/v1/memories/${one.id}/history`);
    expect(events.at(-1).event).toBe("deleted");
  });
});

describe("a fact that a client adds", () => {
  const addFact = async (body: object) => {
    const answer = await ask("POST /v1/facts", body);
    expect(answer.status).toBe(201);
    return answer.body;
  };

  test("ends the facts that it contradicts", async () => {
    const acme = await addFact({ subject: "Alice", predicate: "works_at", object: "Acme", user_id: "finn" });
    expect(acme).toMatchObject({
      subject: "Alice",
      predicate: "works_at",
      predicate_family: "employment",
      invalidated: [],
    });
    const globex = await addFact({
      subject: "alice",
      predicate: "works at",
      object: "Globex",
      user_id: "finn",
    });
    expect(globex.invalidated).toEqual([acme.id]);
    const all = await factsOf("finn", "&include_invalidated=true");
    expect(all[1]).toMatchObject({ id: acme.id, invalidated_by: globex.id, invalid_at: globex.valid_from });
    const same = await addFact({
      subject: "Alice",
      predicate: "works_at",
      object: "Globex",
      user_id: "finn",
    });
    expect(same).toMatchObject({ id: globex.id, observation_count: 2, invalidated: [] });
  });

  test("about the past ends the fact that it restates, and a planned one ends nothing", async () => {
    const home = { subject: "self", predicate: "lives in", user_id: "gina" };
    const rome = await addFact({ ...home, object: "Rome", valid_from: "2020-01-01" });
    const planned = await addFact({ ...home, object: "Oslo", tense: "planned" });
    expect(planned).toMatchObject({ tense: "planned", subject_type: "self", invalidated: [] });
    const past = await addFact({ ...home, object: "Rome", tense: "past", valid_from: "2026-01-01" });
    expect(past).toMatchObject({ tense: "past", invalidated: [rome.id] });
    expect(linesOf(await factsOf("gina", "&as_of=2025-01-01"))).toEqual(["self lives in Rome"]);
  });

  test("is found by subject, entity, predicate and family", async () => {
    await addFact({ subject: "The Team", predicate: "uses", object: "Rust", user_id: "hugo" });
    await addFact({ subject: "Rust", predicate: "is", object: "fast", user_id: "hugo" });
    const count = async (query: string) => (await get(`/v1/facts?user_id=hugo&${query}`)).total;
    expect(await count("subject=team")).toBe(1);
    expect(await count("subject=rust")).toBe(1);
    expect(await count("entity=RUST")).toBe(2);
    expect(await count("predicate=uses")).toBe(1);
    expect(await count("predicate_family=activity")).toBe(2);
    expect(await count("run_id=any")).toBe(2);
    expect((await ask("GET /v1/facts?as_of=yesterday")).status).toBe(422);
    expect((await ask("POST /v1/facts", { subject: " ", predicate: "is", object: "x" })).status).toBe(422);
  });

  test("is corrected by a new fact, and confirmed if it is correct", async () => {
    const wrong = await addFact({ subject: "self", predicate: "works at", object: "Acme", user_id: "ida" });
    const { body: right } = await ask(`PATCH /v1/facts/${wrong.id}`, { object: "Acme Labs" });
    expect(right).toMatchObject({ object: "Acme Labs", user_id: "ida", invalidated: [wrong.id] });
    const { body: same } = await ask(`PATCH /v1/facts/${right.id}`, { object: "acme labs" });
    expect(same).toMatchObject({ id: right.id, observation_count: 2, invalidated: [] });
    expect(await get(`/v1/facts/${wrong.id}`)).toMatchObject({ object: "Acme", invalidated_by: right.id });
    const late = await ask(`PATCH /v1/facts/${wrong.id}`, { object: "Globex" });
    expect([late.status, late.body]).toMatchObject([
      409,
      { code: "fact_not_current", current_fact_id: right.id },
    ]);
    expect((await ask(`PATCH /v1/facts/${right.id}`, {})).status).toBe(422);
    const unknown = `/v1/facts/fct_${"0".repeat(32)}`;
    expect((await ask(`PATCH ${unknown}`, { object: "x" })).body.code).toBe("not_found");
    expect((await ask(`GET ${unknown}`)).body.code).toBe("not_found");
  });

  test("keeps its sources if it is corrected, also when they are mined again and exported", async () => {
    const [memory] = await write("joel", { content: "I work for Acme." });
    const [fact] = await factsOf("joel");
    const { body: right } = await ask(`PATCH /v1/facts/${fact.id}`, { object: "Acme Labs" });
    expect(right).toMatchObject({ source_memory_id: memory.id, source_memory_ids: [memory.id] });
    const { facts } = await get(`/v1/memories/${memory.id}`);
    expect(facts.map(({ id }: { id: string }) => id)).toEqual([fact.id, right.id]);
    const { data } = await get("/v1/export?limit=500");
    expect(JSON.stringify(data)).toContain("Acme Labs");

    await ask(`PATCH /v1/memories/${memory.id}`, { content: "I like tea." });
    await expect.poll(async () => (await get(`/v1/memories/${memory.id}`)).status).toBe("ready");
    expect(linesOf(await factsOf("joel")).toSorted()).toEqual(["self likes tea", "self works at Acme Labs"]);
    expect((await ask(`DELETE /v1/memories/${memory.id}`)).body).toMatchObject({ facts_invalidated: 2 });
    expect(await factsOf("joel")).toEqual([]);
  });

  test("of a conversation keeps its messages if it is corrected", async () => {
    const talk = { user_id: "jude", conv_id: "c", messages: [{ role: "user", content: "I work for Acme." }] };
    await send(server, "POST /v1/memories?wait=true", ingest(server), talk);
    const [fact] = await factsOf("jude");
    const { body: right } = await ask(`PATCH /v1/facts/${fact.id}`, { object: "Globex" });
    expect(right.source_memory_ids).toEqual(fact.source_memory_ids);
    expect(right.source_memory_ids).toHaveLength(1);
  });

  test("is corrected to other words with the same meaning", async () => {
    const fact = { subject: "self", predicate: "works at", object: "Acme", user_id: "kim" };
    const first = await addFact(fact);
    const { body: second } = await ask(`PATCH /v1/facts/${first.id}`, { predicate: "works for" });
    expect(second).toMatchObject({ predicate: "works for", invalid_at: null, invalidated: [first.id] });
    expect(linesOf(await factsOf("kim"))).toEqual(["self works for Acme"]);
    expect(await addFact(fact)).toMatchObject({ id: second.id, observation_count: 2 });
  });

  test("is forgotten from a time on", async () => {
    const fact = await addFact({
      subject: "self",
      predicate: "drives",
      object: "a Fiat",
      user_id: "juno",
      valid_from: "2020-01-01",
    });
    const forgotten = await ask(`POST /v1/facts/${fact.id}/forget`, { at: "2025-01-01" });
    expect([forgotten.status, forgotten.body]).toMatchObject([
      200,
      { id: fact.id, status: "forgotten", invalid_at: "2025-01-01T00:00:00.000Z" },
    ]);
    const again = await ask(`POST /v1/facts/${fact.id}/forget`, {});
    expect(again.body).toMatchObject({ status: "already_forgotten", invalid_at: "2025-01-01T00:00:00.000Z" });
    expect(await factsOf("juno")).toEqual([]);
    expect(linesOf(await factsOf("juno", "&as_of=2024-01-01"))).toEqual(["self drives a Fiat"]);
  });

  test("that ends later can be forgotten sooner", async () => {
    const fact = await addFact({ subject: "self", predicate: "rents", object: "a flat", user_id: "lena" });
    const forget = async (at?: string) => (await ask(`POST /v1/facts/${fact.id}/forget`, { at })).body;
    const later = "2090-01-01T00:00:00.000Z";
    expect(await forget(later)).toMatchObject({ status: "forgotten", invalid_at: later });
    expect(linesOf(await factsOf("lena"))).toEqual(["self rents a flat"]);
    for (const at of [later, "2091-01-01"])
      expect(await forget(at)).toMatchObject({ status: "already_forgotten", invalid_at: later });
    expect(await forget()).toMatchObject({ status: "forgotten" });
    expect(await factsOf("lena")).toEqual([]);
    expect(await forget("2020-01-01")).toMatchObject({ status: "already_forgotten" });
  });

  test("keeps an end to come if it is said again, unless it is said to be true after that end", async () => {
    const flat = { subject: "self", predicate: "rents", object: "a flat", user_id: "lars" };
    const fact = await addFact(flat);
    const end = "2090-01-01T00:00:00.000Z";
    await ask(`POST /v1/facts/${fact.id}/forget`, { at: end });
    expect(await addFact(flat)).toMatchObject({ id: fact.id, invalid_at: end });
    expect(await addFact({ ...flat, valid_from: "2091-01-01" })).toMatchObject({
      id: fact.id,
      invalid_at: null,
    });

    await write("lars", { content: "I live in Oslo." });
    const home = (await factsOf("lars")).find(({ object }: { object: string }) => object === "Oslo");
    await ask(`POST /v1/facts/${home.id}/forget`, { at: end });
    await write("lars", { content: "I live in Oslo." });
    expect(await get(`/v1/facts/${home.id}`)).toMatchObject({ observation_count: 2, invalid_at: end });
  });

  test("is an active fact until its end comes, and can be corrected and contradicted", async () => {
    const home = { subject: "self", predicate: "lives in" };
    const endLater = async (user_id: string) => {
      const fact = await addFact({ ...home, object: "Paris", user_id });
      await ask(`POST /v1/facts/${fact.id}/forget`, { at: "2090-01-01" });
      return fact;
    };
    const { id } = await endLater("mia");
    const { users } = await get("/v1/users?limit=200");
    expect(users).toContainEqual(expect.objectContaining({ user_id: "mia", facts: 1 }));
    const { body: listed } = await send(server, "GET /v1/memories?user_id=mia", ingest(server));
    expect(listed.data).toMatchObject([
      { details: { status: "active", invalid_at: "2090-01-01T00:00:00.000Z" } },
    ]);
    expect(await addFact({ ...home, object: "Lyon", user_id: "mia" })).toMatchObject({ invalidated: [id] });
    expect(linesOf(await factsOf("mia"))).toEqual(["self lives in Lyon"]);
    const other = await endLater("nia");
    const { body: corrected } = await ask(`PATCH /v1/facts/${other.id}`, { object: "Lille" });
    expect(corrected).toMatchObject({ object: "Lille", invalidated: [other.id] });
    expect(linesOf(await factsOf("nia"))).toEqual(["self lives in Lille"]);
  });

  test("is history once its end has come, and the same may be said again", async () => {
    const home = { subject: "self", predicate: "lives in", user_id: "pia" };
    const end = async ({ id }: { id: string }) => {
      await ask(`POST /v1/facts/${id}/forget`, { at: "2090-01-01" });
      await server.database.query(
        `update memlane.memory set invalid_at = now() - interval '1 second', valid_from = '2020-01-01', last_said_at = '2020-01-01'
         where user_id = 'pia' and invalid_at > now()`,
      );
    };
    const paris = await addFact({ ...home, object: "Paris" });
    await end(paris);
    expect((await get("/v1/users?limit=200")).users).not.toContainEqual(
      expect.objectContaining({ user_id: "pia" }),
    );
    const { body: listed } = await send(server, "GET /v1/memories?user_id=pia", ingest(server));
    expect(listed.data).toMatchObject([{ details: { status: "retracted" } }]);
    const { body: found } = await send(server, "POST /v1/memories/search", ingest(server), {
      query: "Paris",
      user_id: "pia",
    });
    expect(found.data).toEqual([]);
    expect(await ask(`PATCH /v1/facts/${paris.id}`, { object: "Lille" })).toMatchObject({
      status: 409,
      body: { code: "fact_not_current" },
    });
    const again = await addFact({ ...home, object: "Paris" });
    expect(again).toMatchObject({ observation_count: 1, invalidated: [] });
    expect(again.id).not.toBe(paris.id);
    await end(again);
    expect(await addFact({ ...home, object: "Lyon" })).toMatchObject({ invalidated: [] });
    expect(linesOf(await factsOf("pia"))).toEqual(["self lives in Lyon"]);
    expect(await factsOf("pia", "&include_invalidated=true")).toHaveLength(3);
  });
});

test("facts from before facts had a subject get one, and are then listed", async () => {
  const conversation = {
    messages: [{ role: "user", content: "I live in Paris. I work at Acme." }],
    conv_id: "c",
  };
  await send(server, "POST /v1/memories?wait=true", ingest(server), { ...conversation, user_id: "olga" });
  const now = linesOf(await factsOf("olga"));
  await server.database.query(
    `update memlane.memory set subject = null, predicate = null, object = null, predicate_family = null where user_id = 'olga'`,
  );
  expect(await factsOf("olga")).toEqual([]);
  const { split } = createTextStages(createOfflineExtractor());
  expect(await splitOldFacts(server.database, split, 10)).toBe(2);
  expect(linesOf(await factsOf("olga"))).toEqual(now);
  expect((await factsOf("olga", "&predicate_family=location")).length).toBe(1);
  expect(await splitOldFacts(server.database, split, 10)).toBe(0);
});
