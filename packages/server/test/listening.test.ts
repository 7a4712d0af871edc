// Notifications on a real PostgreSQL whose connections break.
import { setTimeout as sleep } from "node:timers/promises";
import { Client } from "pg";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import type { Database } from "../src/database/database.ts";
import { connectPostgres } from "../src/database/postgres.ts";
import { createLogger } from "../src/logging/logger.ts";
import { createTestDatabase } from "./test-database.ts";

const log = createLogger("silent");
let url: string;
let admin: Client;
beforeAll(async () => {
  url = await createTestDatabase();
  admin = new Client({ connectionString: url });
  await admin.connect();
});
afterAll(() => admin.end());

let database: Database;
beforeEach(() => {
  database = connectPostgres({ url, log });
});
afterEach(() => database.close());

const listeners =
  "from pg_stat_activity where application_name = 'memlane listener' and datname = current_database()";
const breakListeners = () => admin.query(`select pg_terminate_backend(pid) ${listeners}`);
const countListeners = async () => (await admin.query(`select pid ${listeners}`)).rowCount;

/** Listens, and returns the notifications so far. */
async function listen(channel: string): Promise<(string | undefined)[]> {
  const heard: (string | undefined)[] = [];
  await database.listen(channel, (payload) => heard.push(payload));
  return heard;
}

test("a notification is received only on its channel, also with capitals, until the listener stops", async () => {
  const heard: (string | undefined)[] = [];
  const stop = await database.listen("One", (payload) => heard.push(payload));
  const other = await listen("two");
  await admin.query(`notify "One", 'a'`);
  await admin.query("notify two, 'b'");
  await expect.poll(() => other).toEqual(["b"]);
  expect(heard).toEqual(["a"]);
  stop();
  await admin.query(`notify "One", 'c'`);
  await admin.query("notify two, 'd'");
  await expect.poll(() => other).toEqual(["b", "d"]);
  expect(heard).toEqual(["a"]);
});

test("a lost connection is reported once, and later notifications are received", async () => {
  const heard = await listen("one");
  await breakListeners();
  await expect.poll(() => heard).toEqual([undefined]);
  await admin.query("notify one, 'later'");
  await expect.poll(() => heard).toEqual([undefined, "later"]);
});

test("a listener that starts while the connection is lost listens as soon as there is one", async () => {
  await listen("one");
  await breakListeners();
  const heard = await listen("two");
  await expect.poll(countListeners).toBe(1);
  await expect
    .poll(async () => {
      await admin.query("notify two, 'x'");
      return heard;
    })
    .toContain("x");
});

test("there is one listening connection, however often and whenever it breaks", async () => {
  const heard = await listen("one");
  for (let round = 0; round < 100; round += 1) {
    await breakListeners();
    await sleep(round % 10);
  }
  await expect.poll(countListeners).toBe(1);
  await sleep(300); // longer than the pause before connecting again
  expect(await countListeners()).toBe(1);
  await admin.query("notify one, 'end'");
  await expect.poll(() => heard.at(-1)).toBe("end");
  expect(heard.filter((payload) => payload === "end")).toHaveLength(1);
});

test("closing while the connection is lost leaves no connection", async () => {
  await listen("one");
  await breakListeners();
  await database.close();
  expect(await countListeners()).toBe(0);
  await sleep(300);
  expect(await countListeners()).toBe(0);
  database = connectPostgres({ url, log });
});

test("a database that cannot be reached at first can be listened to later", async () => {
  const unreachable = connectPostgres({ url: "postgres://x:x@127.0.0.1:1/x", log });
  await expect(unreachable.listen("one", () => {})).rejects.toThrow("ECONNREFUSED");
  await expect(unreachable.listen("one", () => {})).rejects.toThrow("ECONNREFUSED");
  await unreachable.close();
});
