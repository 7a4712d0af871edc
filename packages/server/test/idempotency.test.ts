// POST with an Idempotency-Key, against the real server.
import { randomUUID } from "node:crypto";
import { startTestServer, type TestServer } from "@memlane/server/testing";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { deleteOldKeys, readKey } from "../src/store/idempotency-keys.ts";
import { batch, send } from "./http.ts";
import { createTestDatabase, startServerOnTestDatabase, type ServerOnTestDatabase } from "./test-database.ts";

let server: ServerOnTestDatabase;
beforeAll(async () => {
  server = await startServerOnTestDatabase({
    environment: { MEMLANE_BOOTSTRAP_KEYS: "org_test:key-of-the-tests,org_other:key-of-another-org" },
    apiKey: "key-of-the-tests",
  });
}, 30_000);
afterAll(() => server?.stop());

const countRows = async (table: "job" | "memory"): Promise<number> => {
  // The jobs of earlier tests also make memories.
  const unfinished = "select from memlane.job where state in ('queued', 'active') limit 1";
  if (table === "memory") await expect.poll(() => server.database.query(unfinished)).toEqual([]);
  const [row] = await server.database.query<{ count: number }>(
    `select count(*)::integer as count from memlane.${table}`,
  );
  return row!.count;
};

const operations = {
  "an ingest": {
    path: "POST /v1/memories",
    headers: { "x-api-key": "key-of-the-tests", "x-org-id": "org_test" },
    other: { "x-api-key": "key-of-another-org", "x-org-id": "org_other" },
    body: { messages: [{ role: "user", content: "I live in Rome." }], user_id: "u", conv_id: "c" },
    changed: { messages: [{ role: "user", content: "I live in Bonn." }], user_id: "u", conv_id: "c" },
    about: (user_id: string) => ({ messages: [{ role: "user", content: "Hi." }], user_id, conv_id: "c" }),
    makes: "job",
  },
  "a batch": {
    path: "POST /v1/batch",
    headers: { authorization: "Bearer key-of-the-tests" },
    other: { authorization: "Bearer key-of-another-org" },
    body: { memories: [{ content: "One.", metadata: { a: 1 } }] },
    changed: { memories: [{ content: "One.", metadata: { a: 2 } }] },
    about: (user_id: string) => ({ memories: [{ content: "One.", user_id }] }),
    makes: "job",
  },
  "a memory": {
    path: "POST /v1/memories",
    headers: { authorization: "Bearer key-of-the-tests" },
    other: { authorization: "Bearer key-of-another-org" },
    body: { content: "One." },
    changed: { content: "Two." },
    about: (user_id: string) => ({ content: "One.", user_id }),
    makes: "memory",
  },
} as const;

describe.each(Object.entries(operations))(
  "%s",
  (_, { path, headers, other, body, changed, about, makes }) => {
    const sendWith = (key: string, request: unknown = body, as: Record<string, string> = headers) =>
      send(server, path, { ...as, "idempotency-key": key }, request);

    test("sent again with its key answers with the first result, and creates nothing more", async () => {
      const key = randomUUID();
      const first = await sendWith(key);
      expect(first.headers.get("idempotent-replayed")).toBeNull();
      const again = await sendWith(key, JSON.stringify(body, null, 2));
      expect(again.headers.get("idempotent-replayed")).toBe("true");
      expect([200, 201, 202]).toContain(again.status);
      expect(again.body.id).toBe(first.body.id);
    });

    test("without a key, or with another one, is a new request", async () => {
      const answers = [
        await sendWith(randomUUID()),
        await sendWith(randomUUID()),
        await send(server, path, headers, body),
      ];
      expect(new Set(answers.map((answer) => answer.body.id)).size).toBe(3);
    });

    test("is created once, however many arrive at the same time", async () => {
      const key = randomUUID();
      const before = await countRows(makes);
      const answers = await Promise.all(Array.from({ length: 40 }, () => sendWith(key, about(key))));
      expect(new Set(answers.map((answer) => answer.body.id)).size).toBe(1);
      expect(answers.filter((answer) => answer.headers.get("idempotent-replayed") === null)).toHaveLength(1);
      expect(await countRows(makes)).toBe(before + 1);
    });

    test("with the key of another request is refused, in the format of its dialect", async () => {
      const key = randomUUID();
      await sendWith(key);
      const refused = await sendWith(key, changed);
      expect([refused.status, (refused.body.error ?? refused.body).code]).toEqual([
        422,
        "idempotency_mismatch",
      ]);
    });

    test("does not share its keys with another organisation", async () => {
      const key = randomUUID();
      const [ours, theirs] = [await sendWith(key), await sendWith(key, changed, other)];
      expect(theirs.headers.get("idempotent-replayed")).toBeNull();
      expect(theirs.body.id).not.toBe(ours.body.id);
    });

    test.each([
      ["", "nothing"],
      ["k".repeat(256), "too much"],
    ])("refuses the key %.3s… (%s)", async (key) => {
      const { status, body: error } = await sendWith(key);
      expect([status, (error.error ?? error).code]).toEqual([422, "invalid_request"]);
    });

    test("may use a key again after 24 hours", async () => {
      const key = randomUUID();
      const first = await sendWith(key);
      await server.database.query(
        "update memlane.idempotency_key set created_at = now() - interval '24 hours 1 second' where key = $1",
        [key],
      );
      const later = await sendWith(key, changed);
      expect(later.headers.get("idempotent-replayed")).toBeNull();
      expect(later.body.id).not.toBe(first.body.id);
    });
  },
);

test("a sweep deletes expired keys and no others", async () => {
  const [old, young] = [randomUUID(), randomUUID()];
  for (const key of [old, young]) {
    await send(
      server,
      "POST /v1/batch",
      { ...batch(server), "idempotency-key": key },
      { memories: [{ content: "x" }] },
    );
  }
  await server.database.query(
    "update memlane.idempotency_key set created_at = now() - interval '24 hours 1 second' where key = $1",
    [old],
  );
  while ((await deleteOldKeys(server.database, 1)) > 0);
  const kept = await Promise.all(
    [old, young].map((key) => readKey(server.database, { orgId: "org_test", key })),
  );
  expect(kept).toEqual([undefined, expect.anything()]);
});

test("a key belongs to one operation", async () => {
  const key = randomUUID();
  const { "a batch": one, "a memory": two } = operations;
  await send(server, one.path, { ...one.headers, "idempotency-key": key }, one.body);
  const refused = await send(server, two.path, { ...two.headers, "idempotency-key": key }, two.body);
  expect([refused.status, refused.body.code]).toEqual([422, "idempotency_mismatch"]);
});

test("a refused request does not use up its key", async () => {
  const key = randomUUID();
  const headers = { ...batch(server), "idempotency-key": key };
  expect((await send(server, "POST /v1/batch", headers, { memories: [] })).status).toBe(422);
  expect((await send(server, "POST /v1/batch", headers, { memories: [{ content: "x" }] })).status).toBe(202);
});

test("whatever a killed server was doing, each repeated request is done exactly once", async () => {
  const DATABASE_URL = await createTestDatabase();
  const start = () =>
    startTestServer({ apiKey: "key-of-the-tests", environment: { DATABASE_URL, MEMLANE_LEASE_MS: "1000" } });
  const requests = Array.from({ length: 60 }, (_, index) => ({
    key: `key-${index}`,
    content: `memory ${index}`,
  }));
  const sendAll = (to: TestServer) =>
    Promise.all(
      requests.map(({ key, content }) =>
        send(
          to,
          "POST /v1/batch",
          { ...batch(to), "idempotency-key": key },
          { memories: [{ content }] },
        ).then(
          ({ body }) => String(body.id),
          () => undefined,
        ),
      ),
    );
  const first = await start();
  const sending = sendAll(first);
  await new Promise((resolve) => setTimeout(resolve, 30));
  await first.kill();
  const before = await sending;
  const second = await start();
  onTestFinished(async () => void (await second.stop()));
  const after = await sendAll(second);
  expect(after).not.toContain(undefined);
  expect(new Set(after).size).toBe(requests.length);
  before.forEach((id, index) => expect([undefined, after[index]]).toContain(id));
  for (const id of after) await send(second, `GET /v1/batch/${id}?wait=30`, batch(second));
  const { body } = await send(second, "GET /v1/memories?limit=200", batch(second));
  expect(body.memories.map(({ content }: { content: string }) => content).toSorted()).toEqual(
    requests.map(({ content }) => content).toSorted(),
  );
  await second.stop();
});
