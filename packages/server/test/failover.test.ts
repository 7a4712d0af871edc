// A primary with a synchronous standby: what servers answer until the standby is promoted, and the short form of
// `npm run chaos -- --site failover`.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import { startTestServer, type TestServer } from "@memlane/server/testing";
import { afterAll, beforeAll, expect, test } from "vitest";
import { runChaos } from "../chaos/chaos.ts";
import { startReplicatedPostgres, type ReplicatedPostgres } from "../chaos/replicated-postgres.ts";
import type { Database } from "../src/database/database.ts";
import { connectPostgres } from "../src/database/postgres.ts";
import { createLogger } from "../src/logging/logger.ts";
import { withCopyConnection } from "../src/transfer/copy-connection.ts";
import { exportDatabase } from "../src/transfer/export-database.ts";
import { batch, ingest, send } from "./http.ts";

const log = createLogger("silent");
let directory: string;
let postgres: ReplicatedPostgres;
let server: TestServer;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "memlane-failover-"));
  postgres = await startReplicatedPostgres(directory);
  server = await startTestServer({ environment: { DATABASE_URL: postgres.url } });
}, 60_000);
afterAll(async () => {
  await server?.stop();
  await postgres?.stop();
  await rm(directory, { recursive: true, force: true });
});

const conversation = (user_id: string) => ({
  messages: [{ role: "user", content: "I live in Oslo." }],
  user_id,
  conv_id: "c",
});
const ingestOnce = (user: string) =>
  send(server, "POST /v1/memories?wait=true", ingest(server), conversation(user));

/** Lets commits wait for this standby; `*` is the real one. */
async function requireStandby(database: Database, name: string, state: "sync" | "async") {
  await database.query(`alter system set synchronous_standby_names = '${name}'`);
  await database.query("select pg_reload_conf()");
  // Each process of PostgreSQL reads the new name in its own time. Until then, the real standby may confirm a commit.
  const states = () => database.query("select sync_state as state from pg_stat_replication");
  await expect.poll(states).toEqual([{ state }]);
}

test("a commit whose wait for a standby is cancelled is an error, not a success", async () => {
  const database = connectPostgres({ url: postgres.primaryUrl(), log });
  await requireStandby(database, "absent", "async");
  const insert = (id: string) => database.query("insert into memlane.org (id) values ($1)", [id]);
  const commits = [
    insert("unsure"),
    database.transaction((sql) => sql.query("insert into memlane.org (id) values ('unsure too')")),
  ].map((commit) =>
    commit.then(
      () => "success",
      ({ code }) => code,
    ),
  );
  const cancelWaits = () =>
    database.query("select pg_cancel_backend(pid) from pg_stat_activity where wait_event = 'SyncRep'");
  await expect.poll(async () => (await cancelWaits()).length, { timeout: 5000 }).toBeGreaterThan(0);
  const cancelling = setInterval(() => void cancelWaits(), 50);
  expect(await Promise.all(commits).finally(() => clearInterval(cancelling))).toEqual(["40003", "40003"]);
  await requireStandby(database, "*", "sync");
  await database.close();
});

test("while commits wait for a missing standby, a server is not ready and says why", async () => {
  const database = connectPostgres({ url: postgres.primaryUrl(), log });
  const readiness = async () => (await send(server, "GET /readyz")).body;
  expect(await readiness()).toEqual({ status: "ready" });
  await requireStandby(database, "absent", "async");
  const waiting = database.query("insert into memlane.org (id) values ('waiting')");
  const reason = "commits wait for a synchronous standby";
  await expect.poll(readiness, { timeout: 8000 }).toEqual({ status: "unavailable", reason });
  await requireStandby(database, "*", "sync");
  await waiting;
  expect(await readiness()).toEqual({ status: "ready" });
  await database.close();
}, 20_000);

test("an export reads from the server that can write, and from a standby if only that is named", async () => {
  const [, credentials, hosts, database] = /^(.*@)(.*)(\/.*)$/.exec(postgres.url)!;
  const [primary, standby] = hosts!.split(",");
  const inRecovery = (url: string) =>
    withCopyConnection(url, async ({ sql }) => (await sql.query("select pg_is_in_recovery() as is"))[0]);
  expect(await inRecovery(`${credentials}${standby},${primary}${database}`)).toEqual({ is: false });
  const rows = await exportDatabase(`${credentials}${standby}${database}`, new PassThrough().resume());
  expect(rows).toBeGreaterThan(0);
});

test("a standby answers 503 with Retry-After; after its promotion the server recovers by itself", async () => {
  expect((await ingestOnce("before")).body.status).toBe("succeeded");
  await postgres.killPrimary();
  for (const [route, headers, body] of [
    ["GET /readyz"],
    ["POST /v1/memories", ingest(server), conversation("during")],
    ["POST /v1/batch", batch(server), { memories: [{ content: "x", user_id: "during" }] }],
    ["GET /v1/jobs", ingest(server)],
  ] as const) {
    const answer = await send(server, route, headers, body);
    expect([route, answer.status, answer.headers.get("retry-after")]).toEqual([route, 503, "1"]);
  }
  await postgres.promote();
  const isReady = async () => (await send(server, "GET /readyz")).status;
  await expect.poll(isReady, { timeout: 20_000 }).toBe(200);
  expect((await ingestOnce("after")).body.status).toBe("succeeded");
}, 60_000);

test("a server of one host that only reads says so in /readyz, and answers writes with 503", async () => {
  const url = new URL(postgres.primaryUrl());
  const database = connectPostgres({ url: url.href, log });
  const alone = await startTestServer({ environment: { DATABASE_URL: url.href } });
  await database.query("alter system set default_transaction_read_only = on");
  await database.query("select pg_reload_conf()");
  const readiness = async () => (await send(alone, "GET /readyz")).body;
  await expect.poll(readiness).toEqual({ status: "unavailable", reason: "the database only reads" });
  const answer = await send(alone, "POST /v1/memories", ingest(alone), conversation("reader"));
  expect([answer.status, answer.headers.get("retry-after")]).toEqual([503, "1"]);
  await database.query("alter system reset default_transaction_read_only");
  await database.query("select pg_reload_conf()");
  await expect.poll(readiness).toEqual({ status: "ready" });
  expect(await alone.stop()).toBe(0);
  await database.close();
}, 60_000);

test("whenever the primary dies under load, no acknowledged job is lost, repeated, unfinished or failed", async () => {
  const { acknowledged, faults } = await runChaos({ site: "failover", kills: 1, seed: 1 });
  expect(faults).toEqual([]);
  expect(acknowledged).toBeGreaterThan(0);
}, 240_000);
