// Databases that an administrator made: their extensions, defaults, encodings and roles.
import { randomBytes } from "node:crypto";
import { spawnSync } from "node:child_process";
import { startTestServer, type TestServer } from "@memlane/server/testing";
import { Client } from "pg";
import { inject, expect, test } from "vitest";
import { databaseUrlOf } from "./template-database.ts";
import { batch, ingest, send } from "./http.ts";

const postgresUrl = inject("postgresUrl");

async function onDatabase(url: string, ...statements: string[]): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  for (const statement of statements) await client.query(statement);
  await client.end();
}

/** Creates an empty database. `name` in the statements is its name. */
async function createDatabase(options: string, ...statements: string[]): Promise<string> {
  const name = `foreign_${randomBytes(6).toString("hex")}`;
  await onDatabase(postgresUrl, `create database ${name} ${options}`);
  const url = databaseUrlOf(postgresUrl, name);
  await onDatabase(url, ...statements.map((statement) => statement.replaceAll("NAME", name)));
  return url;
}

function asRole(url: string, role: string): string {
  return Object.assign(new URL(url), { username: role, password: "ordinary" }).href;
}

async function expectItWorks(server: TestServer): Promise<void> {
  const content = "costs 5 € in Łódź";
  const stored = await send(server, "POST /v1/memories", batch(server), { content, user_id: "u" });
  expect(stored.status).toBe(201);
  expect(new Date(stored.body.created_at).getTime()).toBeGreaterThan(Date.now() - 3_600_000);
  const search = { query: "Łódz", user_id: "u" }; // a misspelling, which the extension finds
  const found = await send(server, "POST /v1/memories/search", batch(server), search);
  expect(JSON.stringify(found.body)).toContain(content);
  const messages = [{ role: "user", content: "I live in Oslo." }];
  const conversation = { messages, user_id: "u", conv_id: "c" };
  const job = await send(server, "POST /v1/memories?wait=true", ingest(server), conversation);
  expect(job.body.status).toBe("succeeded");
}

test("neither the schema of an extension, nor a database's defaults, nor PG variables change anything", async () => {
  const url = await createDatabase(
    "",
    "create schema ext",
    "create extension pg_trgm schema ext",
    "create schema decoy",
    "create table decoy.job (id integer)",
    "create function decoy.similarity(text, text) returns real language sql as 'select 0::real'",
    `alter database NAME set datestyle = 'SQL, DMY'`,
    `alter database NAME set intervalstyle = 'sql_standard'`,
    `alter database NAME set timezone = 'Asia/Kathmandu'`,
    `alter database NAME set search_path = 'decoy'`,
    `alter database NAME set bytea_output = 'escape'`,
    `alter database NAME set default_transaction_isolation = 'serializable'`,
  );
  const server = await startTestServer({
    environment: {
      DATABASE_URL: url,
      PGHOST: "203.0.113.1",
      PGPORT: "1",
      PGDATABASE: "nowhere",
      PGUSER: "nobody",
      PGPASSWORD: "wrong",
      PGOPTIONS: "-c search_path=decoy",
      PGSSLMODE: "require",
      PGCLIENTENCODING: "LATIN1",
    },
  });
  await expectItWorks(server);
  expect(await server.stop()).toBe(0);
}, 90_000);

test.each(["LATIN1", "SQL_ASCII"])(
  "a database with the encoding %s is refused, with the way out",
  async (encoding) => {
    const url = await createDatabase(`encoding '${encoding}' locale 'C' template template0`);
    const refusal = await startTestServer({ environment: { DATABASE_URL: url } }).then(
      (server) => server.stop(),
      (error: unknown) => String(error),
    );
    expect(refusal).toContain(`has the encoding ${encoding}, which cannot store every text`);
  },
);

test("a role that may only use the schema runs servers after another role has migrated", async () => {
  const role = `app_${randomBytes(6).toString("hex")}`;
  const url = await createDatabase("", `create role ${role} login password 'ordinary'`);
  const environment = { DATABASE_URL: asRole(url, role) };
  const refusal = await startTestServer({ environment }).catch((error: unknown) => String(error));
  expect(refusal).toContain("Run 'memlane-server migrate --grant NAME'");

  const migrated = spawnSync(process.execPath, ["dist/cli.js", "migrate", "--grant", role], {
    env: { ...process.env, DATABASE_URL: url },
    encoding: "utf8",
  });
  expect([migrated.status, migrated.stderr]).toEqual([0, "The schema is up to date.\n"]);
  const api = await startTestServer({ command: "api", environment });
  const worker = await startTestServer({ command: "worker", environment });
  await expectItWorks(api);
  expect((await send(worker, "GET /readyz")).status).toBe(200);
  expect([await api.stop(), await worker.stop()]).toEqual([0, 0]);
  await onDatabase(url, `drop owned by ${role}`, `drop role ${role}`);
}, 90_000);

test("a role that may not make schemas owns one that an administrator made", async () => {
  const role = `owner_${randomBytes(6).toString("hex")}`;
  const url = await createDatabase(
    "",
    `create role ${role} login password 'ordinary'`,
    "create extension pg_trgm",
    `create schema memlane authorization ${role}`,
  );
  const server = await startTestServer({ environment: { DATABASE_URL: asRole(url, role) } });
  await expectItWorks(server);
  expect(await server.stop()).toBe(0);
}, 90_000);
