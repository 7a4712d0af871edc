// The user's own PostgreSQL: two servers start at once on an empty database, and share its work.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { connect, createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { startTestServer } from "@memlane/server/testing";
import { Client } from "pg";
import { expect, inject, test, vi } from "vitest";
import { listApplied, migrate, migrationLock } from "../src/database/migrate.ts";
import { isTransient } from "../src/database/transient-error.ts";
import { batch, ingest, send, waitWhile } from "./http.ts";
import { createTestDatabase, openTestDatabase } from "./test-database.ts";

test("two servers start at once on an empty database, share jobs, and wake each other's requests", async () => {
  const url = await createTestDatabase({ isEmpty: true });
  const options = { environment: { DATABASE_URL: url }, apiKey: "key-that-all-share" };
  const [one, other] = await Promise.all([startTestServer(options), startTestServer(options)]);
  const conversation = (user: number) => ({
    messages: [{ role: "user", content: "I live in Oslo." }],
    user_id: `user ${user}`,
    conv_id: "c",
  });
  const jobs = await Promise.all(
    Array.from({ length: 40 }, (_, user) =>
      send(user % 2 === 0 ? one : other, "POST /v1/memories?wait=true", ingest(one), conversation(user)),
    ),
  );
  expect(jobs.map(({ status, body }) => [status, body.status])).toEqual(jobs.map(() => [200, "succeeded"]));
  const workedOn = [one, other].map(({ logs }) => logs.filter((line) => line.includes('"job ended"')).length);
  expect(workedOn[0]! + workedOn[1]!).toBe(40);

  const { body } = await send(one, "POST /v1/batch", batch(one), {
    memories: [{ content: "a" }, { content: "b" }],
  });
  const job = await waitWhile(
    () => send(other, `GET /v1/batch/${body.id}`, batch(one)),
    "pending",
    "processing",
  );
  expect(job).toMatchObject({ status: "completed", imported: 2 });
  expect(await Promise.all([one.stop(), other.stop()])).toEqual([0, 0]);
}, 60_000);

test("a migration gives way to transactions that hold its tables, says so, and is repeated after them", async () => {
  const database = await openTestDatabase(await createTestDatabase({ isEmpty: true }));
  const said: string[] = [];
  const first = { file: "0001.sql", sql: "create table memlane.one (); create table memlane.two ()" };
  const second = {
    file: "0002.sql",
    sql: "alter table memlane.one add id integer; alter table memlane.two add id integer",
  };
  await migrate(database, [first]);
  const { migrated } = await database.transaction(async (sql) => {
    await sql.query("select from memlane.two");
    const repeated = migrate(database, [first, second], (sentence) => said.push(sentence));
    const waits = () =>
      database.query("select from pg_locks where relation = 'memlane.two'::regclass and not granted");
    await expect.poll(waits, { timeout: 5000 }).toHaveLength(1);
    await sql.query("select from memlane.one"); // the migration has locked it
    const saidSoFar = async () => {
      await sql.query("select 1"); // or else PostgreSQL ends the idle transaction
      return said.length;
    };
    await expect.poll(saidSoFar, { timeout: 30_000 }).toBeGreaterThan(1);
    return { migrated: repeated };
  });
  await migrated;
  for (const sentence of said)
    expect(sentence).toMatch(
      /^Waiting for transactions that use the tables of 0002\.sql, .*: \d+ s so far\.$/,
    );
  expect(await listApplied(database)).toEqual(["0001.sql", "0002.sql"]);
  await database.close();
});

test("'migrate' says which other migration it waits for, and continues after it", async () => {
  const url = await createTestDatabase({ isEmpty: true });
  const other = new Client({ connectionString: url });
  await other.connect();
  const { rows } = await other.query<{ pid: number }>(
    `select pg_backend_pid() as pid, pg_advisory_lock(${migrationLock})`,
  );
  const env = { PATH: process.env["PATH"], DATABASE_URL: url };
  const migrating = spawn(process.execPath, ["dist/cli.js", "migrate"], {
    env,
    stdio: ["ignore", "ignore", "pipe"],
  });
  const lines = createInterface(migrating.stderr)[Symbol.asyncIterator]();
  const waiting = `Waiting for another process that migrates this database (the process ${rows[0]!.pid} of PostgreSQL): `;
  expect((await lines.next()).value).toContain(waiting);
  await other.end();
  let last = "";
  for await (const line of lines) last = line;
  expect(last).toBe("The schema is up to date.");
}, 60_000);

test("an unreachable database is a clear error without a stack, and leaves nothing behind", async () => {
  const folder = await mkdtemp(join(tmpdir(), "memlane-own-"));
  vi.stubEnv("TMPDIR", folder);
  const environment = { DATABASE_URL: "postgres://nobody:x@127.0.0.1:1/none" };
  await expect(startTestServer({ environment })).rejects.toThrow(
    /memlane-server: .*DATABASE_URL.*\n  connect ECONNREFUSED 127\.0\.0\.1:1$/,
  );
  expect(await readdir(folder)).toEqual([]);
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true });
});

test("a connection that breaks as soon as it is ready fails its SQL statement, but not the process", async () => {
  const { port } = new URL(inject("postgresUrl"));
  const ready = Buffer.from("Z\0\0\0\x05I");
  const fields = "SFATAL\0C57P01\0Mterminating connection due to administrator command\0\0";
  const end = Buffer.concat([Buffer.from("E\0\0\0"), Buffer.from([fields.length + 4]), Buffer.from(fields)]);
  // Forwards what PostgreSQL sends. Right after the message that it is ready, in the same packet,
  // it reports a shutdown.
  const proxy = createServer((client) => {
    const server = connect(Number(port), "127.0.0.1");
    client.pipe(server).on("error", () => {});
    client.on("error", () => {});
    server.on("data", (said) => {
      if (said.subarray(-ready.length).equals(ready)) client.end(Buffer.concat([said, end]));
      else client.write(said);
    });
  });
  proxy.listen(0, "127.0.0.1");
  await once(proxy, "listening");
  const url = new URL(inject("postgresUrl"));
  url.port = String((proxy.address() as AddressInfo).port);
  const database = await openTestDatabase(url.href);
  const refusal = await database.transaction((sql) => sql.query("select 1")).catch((error: unknown) => error);
  expect(isTransient(refusal)).toBe(true);
  await expect(database.query("select 1")).rejects.toThrow();
  await database.close();
  proxy.close();
});
