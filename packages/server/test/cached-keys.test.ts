// Keys are cached for a moment: a revoked key stops within a second, even if the notification is
// lost.
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Database } from "../src/database/database.ts";
import { createKey } from "../src/keys/create-key.ts";
import { revokeApiKey } from "../src/store/api-keys.ts";
import { openCachedKeys } from "../src/cached-rows/cached-keys.ts";
import { openTestDatabase } from "./test-database.ts";

let database: Database;
beforeAll(async () => {
  database = await openTestDatabase();
}, 30_000);
afterAll(() => database.close());

const make = () => createKey(database, "acme", "test", ["memories:read"]);

/** The database with a counter of queries. If `isDeaf`, it receives no notifications. */
function watched(isDeaf: boolean) {
  const counted = { queries: 0 };
  const query: Database["query"] = (...parameters) => {
    counted.queries += 1;
    return database.query(...parameters);
  };
  const listen: Database["listen"] = isDeaf ? async () => () => {} : database.listen;
  return { counted, port: { ...database, query, listen } };
}

test("a key is looked up once a second, whatever the number of requests", async () => {
  const { key } = await make();
  const { counted, port } = watched(false);
  const clock = { nowMs: 0 };
  const findKey = await openCachedKeys(port, () => clock.nowMs);
  const found = await Promise.all(Array.from({ length: 50 }, () => findKey(key)));
  expect(new Set(found.map((each) => each?.orgId))).toEqual(new Set(["acme"]));
  expect(counted.queries).toBe(1);
  clock.nowMs += 1000;
  await findKey(key);
  expect(counted.queries).toBe(2);
});

test("a key that another process revokes stops when the notification arrives", async () => {
  const { id, key } = await make();
  const findKey = await openCachedKeys(database, () => 0); // no time passes
  expect(await findKey(key)).toMatchObject({ id });
  await revokeApiKey(database, id);
  await expect.poll(() => findKey(key), { timeout: 900, interval: 5 }).toBeUndefined();
});

test("if the notification is lost, a revoked key stops a second later", async () => {
  const { id, key } = await make();
  const clock = { nowMs: 0 };
  const findKey = await openCachedKeys(watched(true).port, () => clock.nowMs);
  await findKey(key);
  await revokeApiKey(database, id);
  clock.nowMs = 999;
  expect(await findKey(key)).toMatchObject({ id });
  clock.nowMs = 1000;
  expect(await findKey(key)).toBeUndefined();
});

test("a key that did not exist is found as soon as it is created", async () => {
  const findKey = await openCachedKeys(database, () => 0);
  expect(await findKey("mlk_not-yet")).toBeUndefined();
  const { key } = await make();
  expect(await findKey(key)).toBeDefined();
  expect(await findKey("mlk_not-yet")).toBeUndefined();
});
