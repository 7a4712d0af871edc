// Keys that act for one user only.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createKeyAs } from "../src/keys/create-key.ts";
import { rotateKey } from "../src/keys/rotate-key.ts";
import { batch, ingest, send } from "./http.ts";
import { startServerOnTestDatabase, type ServerOnTestDatabase } from "./test-database.ts";

const scopes = ["memories:read", "memories:write"] as const;
let server: ServerOnTestDatabase;
let bob: { apiKey: string; orgId: string };
/** Ids of what Ada has. */
let adas: { readonly memory: string; readonly fact: string; readonly job: string };
beforeAll(async () => {
  server = await startServerOnTestDatabase();
  const { orgId } = server;
  const { key } = await createKeyAs(server.database, { orgId, name: "phone", scopes, userId: "bob" });
  bob = { apiKey: key, orgId };
  adas = await rowsOf("ada", server);
}, 30_000);
afterAll(() => server?.stop());

/** Stores a memory, a fact and a conversation, and returns their ids. */
async function rowsOf(user_id: string, caller: { apiKey: string; orgId: string }) {
  const memory = await send(server, "POST /v1/memories", batch(caller), { content: "likes tea", user_id });
  const stated = { subject: "user", predicate: "likes", object: "tea", user_id };
  const fact = await send(server, "POST /v1/facts", batch(caller), stated);
  const talk = { messages: [{ role: "user", content: "I love tea." }], user_id, conv_id: "c" };
  const job = await send(server, "POST /v1/memories?wait=true", ingest(caller), talk);
  expect([memory.status, fact.status, job.status]).toEqual([201, 201, 200]);
  return { memory: memory.body.id, fact: fact.body.id, job: job.body.id };
}

test("a bound key stores, finds, reads and deletes what its user has", async () => {
  const { memory, fact, job } = await rowsOf("bob", bob);
  const search = { query: "tea", user_id: "bob" };
  const answers = [
    await send(server, "POST /v1/memories/search", ingest(bob), search),
    await send(server, "POST /v1/memories/search", batch(bob), search),
    await send(server, "GET /v1/memories?user_id=bob", ingest(bob)),
    await send(server, "GET /v1/memories?user_id=bob", batch(bob)),
    await send(server, "GET /v1/facts?user_id=bob", batch(bob)),
    await send(server, "GET /v1/profile?user_id=bob", batch(bob)),
    await send(server, `GET /v1/memories/${memory}`, batch(bob)),
    await send(server, `GET /v1/facts/${fact}`, batch(bob)),
    await send(server, `GET /v1/memories/jobs/${job}`, ingest(bob)),
    await send(server, `GET /v1/jobs/${job}`, ingest(bob)),
    await send(server, `POST /v1/jobs/${job}/token`, ingest(bob)),
    await send(server, `POST /v1/facts/${fact}/forget`, batch(bob), {}),
    await send(server, `DELETE /v1/memories/${memory}`, batch(bob)),
    await send(server, "GET /v1/ping", batch(bob)),
  ];
  expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
  expect(JSON.stringify(answers.map(({ body }) => body))).not.toContain(`"ada"`);
});

describe("for other users it is refused", () => {
  test.each([
    ["POST /v1/memories", { content: "x", user_id: "ada" }],
    ["POST /v1/memories", { content: "x" }],
    ["GET /v1/memories?user_id=ada", undefined],
    ["GET /v1/memories", undefined],
    ["POST /v1/memories/search", { query: "tea", user_id: "ada" }],
    ["POST /v1/memories/search", { query: "tea" }],
    ["GET /v1/context?query=tea&user_id=ada", undefined],
    ["GET /v1/profile?user_id=ada", undefined],
    ["GET /v1/facts?user_id=ada", undefined],
    ["GET /v1/events", undefined],
    ["DELETE /v1/users/ada/memories", undefined],
    ["POST /v1/batch", { memories: [{ content: "x", user_id: "bob" }] }],
  ])("%s %o", async (route, body) =>
    expect(await send(server, route, batch(bob), body)).toMatchObject({
      status: 403,
      body: { code: "forbidden" },
    }),
  );

  test("also through groups", async () => {
    const search = { query: "tea", user_id: "bob", group_ids: ["grp_019a2f3c4d5e7f60a1b2c3d4e5f60718"] };
    expect(await send(server, "POST /v1/memories/search", ingest(bob), search)).toMatchObject({
      status: 403,
    });
  });

  test("as if their memories, facts and jobs did not exist", async () => {
    const { memory, fact, job } = adas;
    const answers = [
      await send(server, `GET /v1/memories/${memory}`, batch(bob)),
      await send(server, `GET /v1/memories/${memory}/history`, batch(bob)),
      await send(server, `PATCH /v1/memories/${memory}`, batch(bob), { content: "x" }),
      await send(server, `DELETE /v1/memories/${memory}`, batch(bob)),
      await send(server, `GET /v1/facts/${fact}`, batch(bob)),
      await send(server, `PATCH /v1/facts/${fact}`, batch(bob), { object: "coffee" }),
      await send(server, `POST /v1/facts/${fact}/forget`, batch(bob), {}),
      await send(server, `GET /v1/memories/jobs/${job}`, ingest(bob)),
      await send(server, `GET /v1/jobs/${job}`, ingest(bob)),
      await send(server, `GET /v1/jobs/${job}/events`, ingest(bob)),
      await send(server, `POST /v1/jobs/${job}/cancel`, ingest(bob)),
      await send(server, `POST /v1/jobs/${job}/retry`, ingest(bob)),
      await send(server, `POST /v1/jobs/${job}/token`, ingest(bob)),
    ];
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 404));
  });

  test("on every route of the OpenAPI document, if no user is named", async () => {
    const { body: document } = await send(server, "GET /openapi.json");
    const routes = Object.entries<object>(document.paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path.replaceAll(/\{\w+\}/g, "ada")}`),
    );
    expect(routes.length).toBeGreaterThan(40);
    for (const route of routes) {
      if (route === "GET /v1/ping" || route === "GET /v1/me") continue; // they show nothing of another user
      const body = /^(?:GET|DELETE)/.test(route) ? undefined : {};
      for (const headers of [batch(bob), ingest(bob)]) {
        const { status } = await send(server, route, headers, body);
        expect([route, status]).toEqual([route, expect.toBeOneOf([400, 401, 403, 404, 405, 422])]);
      }
    }
  });
});

test("a rotated key acts for the same user", async () => {
  const { orgId } = server;
  const { id } = await createKeyAs(server.database, { orgId, name: "tablet", scopes, userId: "bob" });
  const { created } = await rotateKey(server.database, { id, keepsOld: false });
  expect(created).toMatchObject({ orgId, name: "tablet", scopes, userId: "bob", revokedAt: null });
  await expect(rotateKey(server.database, { id, keepsOld: false })).rejects.toThrow(/revoked key/);
});
