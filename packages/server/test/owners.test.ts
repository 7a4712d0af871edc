// Users, agents, the audit log, the check of a key, and organisations that agents create.
import { memoryIds } from "@memlane/core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { batch, ingest, send } from "./http.ts";
import { startServerOnTestDatabase, type ServerOnTestDatabase } from "./test-database.ts";

const reader = "mlk_reads_and_nothing_else";
let server: ServerOnTestDatabase;
beforeAll(async () => {
  const apiKey = "mlk_0123456789abcdef";
  server = await startServerOnTestDatabase({
    apiKey,
    environment: {
      MEMLANE_BOOTSTRAP_KEYS: `org_test:${apiKey},org_test:${reader}:memories:read`,
      MEMLANE_AGENTS: "2",
      MEMLANE_SELF_SERVICE: "on",
      MEMLANE_SIGNUPS_PER_MINUTE: "2",
      MEMLANE_REQUESTS_PER_MINUTE: "1000",
    },
  });
}, 60_000);
afterAll(() => server?.stop());

const as = (apiKey: string, route: string, body?: unknown) => send(server, route, batch({ apiKey }), body);
const call = (route: string, body?: unknown) => as(server.apiKey, route, body);
const remember = async (content: string, owner: object) =>
  (await call("POST /v1/memories", { content, ...owner })).body;

/** The audit log, when it has an event with these fields. */
async function auditUntil(query: string, wanted: object) {
  let events: Record<string, unknown>[] = [];
  await expect
    .poll(async () => (events = (await call(`GET /v1/audit?${query}`)).body.events), { timeout: 5000 })
    .toContainEqual(expect.objectContaining(wanted));
  return events;
}

test("users are listed by their last activity, page by page, with what is active", async () => {
  for (const user_id of ["ann", "bob", "cid"])
    await remember(`${user_id} likes tea.`, { user_id, agent_id: "a1" });
  await remember("ann again", { user_id: "ann", agent_id: "a2" });
  await remember("of nobody", {});
  const { body } = await call("GET /v1/users?limit=2");
  expect(body).toMatchObject({
    users: [
      { user_id: "ann", memories: 2, facts: 0 },
      { user_id: "cid", memories: 1, facts: 0 },
    ],
    total: 3,
  });
  expect(new Date(body.users[0].last_active).getTime()).toBeGreaterThan(
    new Date(body.users[1].last_active).getTime(),
  );
  expect((await call("GET /v1/users?limit=2&offset=2")).body).toMatchObject({
    users: [{ user_id: "bob" }],
    total: 3,
  });
  expect((await call("GET /v1/users?offset=9")).body).toEqual({ users: [], total: 3 });
  expect((await call("GET /v1/users?agent_id=a2")).body).toMatchObject({
    users: [{ user_id: "ann", memories: 1 }],
    total: 1,
  });
  expect((await call("GET /v1/users?limit=0")).status).toBe(422);
});

test("a user who has only conversations is listed", async () => {
  const talk = { user_id: "eve", agent_id: "a1", conv_id: "c", messages: [{ role: "user", content: "Hi!" }] };
  await send(server, "POST /v1/memories?wait=true", ingest(server), talk);
  const eve = { user_id: "eve", memories: 0, facts: 0, episodes: 1, last_active: expect.any(String) };
  expect((await call("GET /v1/users?limit=1")).body).toMatchObject({ users: [eve], total: 4 });
  expect((await call("GET /v1/users?agent_id=a1&limit=1")).body).toMatchObject({ users: [eve], total: 4 });
  expect((await call("GET /v1/users?agent_id=a2")).body.total).toBe(1);
});

test("agents are listed with the cap, which refuses one more until one is erased", async () => {
  expect((await call("GET /v1/agents")).body).toMatchObject({
    agents: [
      { agent_id: "a1", memories: 3 },
      { agent_id: "a2", memories: 1 },
    ],
    total: 2,
    cap: 2,
    used: 2,
  });
  const third = () => call("POST /v1/memories", { content: "x", agent_id: "a3" });
  expect(await third()).toMatchObject({ status: 403, body: { code: "agent_cap_exceeded" } });
  expect((await call("DELETE /v1/agents/a2")).body).toMatchObject({ slot_freed: true, memories_deleted: 1 });
  expect((await third()).status).toBe(201);
});

test("an empty id of a user or an agent is none, in bodies and in queries", async () => {
  const none = { user_id: null, agent_id: null };
  const empty = { user_id: "", agent_id: "", run_id: "" };
  const memory = await remember("The garden door is green.", empty);
  expect(memory).toMatchObject({ ...none, run_id: null });
  const fact = { subject: "Acme", predicate: "sells", object: "boats", ...empty };
  expect((await call("POST /v1/facts", fact)).body).toMatchObject(none);
  const { body: job } = await call("POST /v1/batch", {
    memories: [{ content: "The roof is red.", ...empty }],
  });
  await expect
    .poll(async () => (await call(`GET /v1/batch/${job.id}`)).body.status, { timeout: 5000 })
    .toBe("completed");
  const { users } = (await call("GET /v1/users?agent_id=")).body;
  expect(users.map((user: { user_id: string }) => user.user_id).toSorted()).toEqual([
    "ann",
    "bob",
    "cid",
    "eve",
  ]);
  expect((await call("GET /v1/memories?user_id=&agent_id=")).body.total).toBeGreaterThan(5);
  const { results } = (await call("POST /v1/memories/search", { query: "garden door", ...empty })).body;
  expect(results).toContainEqual(expect.objectContaining({ id: memory.id }));
});

test("a ping needs a key and no scope, and counts toward no limit", async () => {
  const { body, headers } = await as(reader, "GET /v1/ping");
  expect(body).toEqual({ ok: true, tier: "hobby", region: "self-hosted", scopes: ["memories:read"] });
  expect(headers.get("ratelimit-limit")).toBeNull();
  expect(await as("mlk_unknown_0123456789", "GET /v1/ping")).toMatchObject({
    status: 401,
    body: { code: "invalid_key" },
  });
});

test("the audit log has reads with ids, writes, and refused and failed requests, without content", async () => {
  const memory = await remember("Secret words.", { user_id: "dan" });
  const { id: key } = (await call("GET /v1/me")).body.key;
  await call("POST /v1/memories/search", { query: "secret", user_id: "dan" });
  await send(server, `GET /v1/memories/${memory.id}`, ingest(server));
  expect((await as(reader, "DELETE /v1/users/dan/memories")).status).toBe(403);
  await call("GET /v1/memories/mem_00000000000000000000000000000000");
  await auditUntil("", { action: "erase", result: "denied" });
  await auditUntil("", { action: "read", result: "error", read: { memories: [], facts: [] } });
  const ofDan = await auditUntil("user_id=dan", { action: "read" });
  const read = { memories: [memory.id], facts: [] };
  expect(ofDan).toMatchObject([
    { actor: "rest", action: "read", result: "ok", read, ip: "127.0.0.1" },
    { action: "read", read, meta: { memories: 1, key } },
    { action: "write", target_id: memory.id, read: null, meta: { key } },
  ]);
  expect(JSON.stringify((await call("GET /v1/audit?limit=1000")).body)).not.toContain("Secret");
  const at = String(ofDan[1]!["ts"]);
  const between = (await call(`GET /v1/audit?user_id=dan&since=${at}&until=${at}`)).body;
  expect(between.events).toContainEqual(ofDan[1]);
  expect((await call("GET /v1/audit?action=erase&limit=1")).body.events).toHaveLength(1);
  expect((await call("GET /v1/audit?action=unheard")).body).toEqual({ events: [], total: 0 });
  expect((await call("GET /v1/audit?action=&user_id=")).body.total).toBeGreaterThan(5);
  expect((await call("GET /v1/audit?since=yesterday")).status).toBe(422);
  expect((await call("GET /v1/audit?limit=1001")).status).toBe(422);
});

test("the audit log of a user has what was deleted, shared and mined, and reads of history", async () => {
  const home = await remember("I live in Oslo.", { user_id: "fay" });
  const mined = await auditUntil("user_id=fay&action=fact_write", { actor: "worker", meta: { facts: 1 } });
  expect(mined).toMatchObject([{ target_id: home.id }]);
  const { events } = (await call(`GET /v1/memories/${home.id}/history`)).body;
  const facts = [events.at(-1).fact_id];
  await auditUntil("user_id=fay&action=read", { read: { memories: [home.id], facts } });
  await remember("I moved to Bergen.", { user_id: "fay" });
  await auditUntil("user_id=fay&action=fact_invalidate", { actor: "worker", meta: { facts: 1 } });
  await call(`DELETE /v1/memories/${home.id}`);
  const meta = expect.objectContaining({ deleted: 1, facts_invalidated: 0 });
  await auditUntil("user_id=fay&action=write", { target_id: home.id, meta });

  const talk = { user_id: "fay", conv_id: "c", messages: [{ role: "user", content: "I like figs." }] };
  const { body: job } = await send(server, "POST /v1/memories?wait=true", ingest(server), talk);
  const created = job.result.memories_created.toReversed(); // the episode first: it goes with the last fact
  for (const { id } of created) {
    await send(server, `PATCH /v1/memories/${id}`, ingest(server), { remove_group_ids: ["grp_none"] });
    await send(server, `DELETE /v1/memories/${id}`, ingest(server));
    await auditUntil("user_id=fay&action=erase", { target_id: memoryIds.print(memoryIds.parse(id)!) });
  }
});

test("the audit log names each fact that a request ended", async () => {
  const add = async (object: string) =>
    (await call("POST /v1/facts", { subject: "Ada", predicate: "lives in", object, user_id: "gil" })).body;
  const ended = (target_id: string) =>
    auditUntil("user_id=gil&action=fact_invalidate", { actor: "rest", result: "ok", target_id });
  const oslo = await add("Oslo");
  const paris = await add("Paris");
  expect(paris.invalidated).toEqual([oslo.id]);
  await ended(oslo.id);
  await call(`PATCH /v1/facts/${paris.id}`, { object: "Rome" });
  await ended(paris.id);
  const written = await remember("I own a boat.", { user_id: "gil" });
  await auditUntil("user_id=gil&action=fact_write", { actor: "worker" });
  const [boat] = (await call(`GET /v1/memories/${written.id}`)).body.facts;
  expect((await call(`DELETE /v1/memories/${written.id}`)).body).toMatchObject({ facts_invalidated: 1 });
  await ended(boat.id);
  const car = (
    await call("POST /v1/facts", { subject: "Ada", predicate: "owns", object: "a car", user_id: "gil" })
  ).body;
  const itself = `DELETE /v1/memories/${car.id.replace("fct_", "mem_")}`;
  expect((await call(itself)).body).toMatchObject({ facts_invalidated: 1 });
  await ended(car.id);
});

test("the audit log counts the facts that a changed memory no longer states", async () => {
  const { id } = await remember("I own a boat.", { user_id: "hal" });
  await auditUntil("user_id=hal&action=fact_write", { actor: "worker" });
  await call(`PATCH /v1/memories/${id}`, { content: "What a day." });
  await auditUntil("user_id=hal&action=fact_invalidate", {
    actor: "worker",
    target_id: id,
    meta: { facts: 1 },
  });
});

test("the audit log has the keys and organisations that the settings create", async () => {
  await auditUntil("action=key_create", { actor: "manage", target_id: expect.any(String) });
  await auditUntil("action=tenant_create", { actor: "manage", target_id: "org_test" });
});

test("an agent signs up, uses its own organisation, and deletes it", async () => {
  const signUp = () => send(server, "POST /v1/agents/init", {}, { agent_caller: "my-agent" });
  const { status, body } = await signUp();
  expect([status, body]).toMatchObject([201, { tier: "hobby", quotas: { agents: 2, writes_per_month: 0 } }]);
  const own = (route: string, sent?: unknown) => as(body.api_key, route, sent);
  expect((await own("POST /v1/memories", { content: "Mine." })).status).toBe(201);
  expect((await own("GET /v1/users")).body.total).toBe(0);
  await expect
    .poll(async () => (await own("GET /v1/audit?action=key_create")).body, { timeout: 5000 })
    .toMatchObject({ events: [{ actor: "rest", result: "ok", target_id: expect.any(String) }], total: 1 });
  expect(await own("DELETE /v1/account")).toMatchObject({
    status: 400,
    body: { code: "confirmation_required" },
  });
  expect((await own("DELETE /v1/account?confirm=True")).body).toMatchObject({
    deleted: true,
    removed: { memories: 1 },
  });
  expect((await own("GET /v1/ping")).status).toBe(401);
  expect(await server.database.query("select from memlane.org where id like 'agent_%'")).toEqual([]);
  // The operator's organisation cannot be deleted with its key.
  expect(await call("DELETE /v1/account?confirm=True")).toMatchObject({
    status: 409,
    body: { code: "account_has_login" },
  });
  await signUp();
  const refused = await signUp();
  expect([refused.status, refused.body.code]).toEqual([429, "signup_rate_limited"]);
  expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(0);
});
