// A database whose PostgreSQL lacks pg_trgm, or whose user is not a superuser.
import { startTestPostgres, startTestServer } from "@memlane/server/testing";
import { Client } from "pg";
import { expect, test } from "vitest";
import { createTestDatabase } from "./test-database.ts";

async function asAdministrator(url: string, ...statements: string[]): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  for (const statement of statements) await client.query(statement);
  await client.end();
}

test("without pg_trgm the server says what to do and changes nothing; with it, the server starts", async () => {
  // A separate server, because only PostgreSQL 18 can look elsewhere for extensions, and the tests
  // may run on an older one.
  const { url, stop } = await startTestPostgres();
  const name = new URL(url).pathname.slice(1);
  await asAdministrator(url, `alter database ${name} set extension_control_path = '/nowhere'`);
  const environment = { DATABASE_URL: url };
  const failure = await startTestServer({ environment }).then(
    async (server) => server.stop(),
    (error: unknown) => String(error),
  );
  expect(failure).toContain("the extension pg_trgm is needed and cannot be made here");
  expect(failure).toContain("have an administrator install it");

  await asAdministrator(url, `alter database ${name} reset extension_control_path`);
  const server = await startTestServer({ environment });
  expect(await server.stop()).toBe(0);
  await stop();
}, 30_000);

test("a user who may create in the database needs no administrator", async () => {
  const url = await createTestDatabase({ isEmpty: true });
  const name = new URL(url).pathname.slice(1);
  await asAdministrator(
    url,
    `create role ${name} login password 'ordinary' nosuperuser`,
    `grant create on database ${name} to ${name}`,
  );
  const own = new URL(url);
  own.username = name;
  own.password = "ordinary";
  const server = await startTestServer({ environment: { DATABASE_URL: own.href } });
  expect(await server.stop()).toBe(0);
}, 30_000);
