// Memlane behind the real PgBouncer, if this machine has it. Debian: apt-get install pgbouncer
import { startTestServer, type TestServer } from "@memlane/server/testing";
import { Client } from "pg";
import { afterEach, describe, expect, test } from "vitest";
import { checkPreparedStatements } from "../src/database/check-server.ts";
import { batch, ingest, send } from "./http.ts";
import { findPgBouncer, startPgBouncer, type PgBouncerOptions } from "./pgbouncer.ts";
import { createTestDatabase } from "./test-database.ts";

const version = findPgBouncer();
const keepsStatements = Number(version?.split(".")[1]) >= 21; // if max_prepared_statements is set
const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close();
});

async function startPooler(mode: PgBouncerOptions["mode"], connections?: number) {
  const databaseUrl = await createTestDatabase();
  const pooler = await startPgBouncer({ databaseUrl, mode, connections });
  closing.push(pooler.stop);
  return { databaseUrl, pooler };
}

async function start(environment: Record<string, string>): Promise<TestServer> {
  const server = await startTestServer({ environment });
  closing.push(server.stop);
  return server;
}

const refusal = (environment: Record<string, string>) =>
  start(environment).then(
    () => "",
    (error: unknown) => String(error),
  );

/** Sends conversations and batches at the same time, and resolves with their last states. */
async function doJobs(server: TestServer, count: number): Promise<readonly string[]> {
  return Promise.all(
    Array.from({ length: count }, async (_, user) => {
      const isBatch = user % 4 === 0;
      const memories = Array.from({ length: 20 }, (__, item) => ({
        content: `fact ${item}`,
        user_id: `b${user}`,
      }));
      const messages = [{ role: "user", content: "I live in Oslo." }];
      const { body } = isBatch
        ? await send(server, "POST /v1/batch", batch(server), { memories })
        : await send(server, "POST /v1/memories", ingest(server), {
            messages,
            user_id: `u${user}`,
            conv_id: "c",
          });
      const job = await send(server, `GET /v1/jobs/${body.id}?wait=20`, ingest(server));
      return job.body.status === "completed" ? "succeeded" : job.body.status;
    }),
  );
}

describe.skipIf(version === undefined)(`behind PgBouncer ${version}`, () => {
  test("in transaction mode, all jobs end with a direct URL, while few connections serve many clients", async () => {
    const { databaseUrl, pooler } = await startPooler("transaction", 4);
    const environment = { DATABASE_URL: pooler.url, MEMLANE_DATABASE_DIRECT_URL: databaseUrl };
    const servers = [await start(environment), await start(environment)];
    const states = await Promise.all(servers.map((server) => doJobs(server, 40)));
    expect([...new Set(states.flat())]).toEqual(["succeeded"]);
    const found = await send(servers[0]!, "POST /v1/memories/search", ingest(servers[0]!), {
      query: "Olso",
      user_id: "u1",
    });
    expect(found.status).toBe(200);
    expect((await send(servers[1]!, "GET /readyz")).status).toBe(200);
  }, 60_000);

  test("in session mode, no other setting is needed", async () => {
    const { pooler } = await startPooler("session");
    const server = await start({ DATABASE_URL: pooler.url });
    expect([...new Set(await doJobs(server, 20))]).toEqual(["succeeded"]);
  }, 60_000);

  test("if it cannot work, the server does not start, and says in a sentence what to do", async () => {
    const { pooler } = await startPooler("transaction");
    const { databaseUrl: ofStatements, pooler: statements } = await startPooler("statement");
    const [withoutDirectUrl, ofOtherDatabase, statement] = await Promise.all([
      refusal({ DATABASE_URL: pooler.url }),
      refusal({ DATABASE_URL: pooler.url, MEMLANE_DATABASE_DIRECT_URL: ofStatements }),
      refusal({ DATABASE_URL: statements.url, MEMLANE_DATABASE_DIRECT_URL: ofStatements }),
    ]);
    expect(withoutDirectUrl).toMatch(
      /loses notifications, such as PgBouncer in transaction mode: set MEMLANE_DATABASE_DIRECT_URL/,
    );
    expect(ofOtherDatabase).toContain("must lead to the same database");
    expect(statement).toContain("transaction blocks not allowed in statement pooling mode");
  }, 60_000);

  test.skipIf(keepsStatements)(
    "prepared statements that a busy pooler mixes up are found before the start",
    async () => {
      const { databaseUrl, pooler } = await startPooler("transaction");
      const others = Array.from({ length: 4 }, () => new Client(pooler.url));
      let isBusy = true;
      const load = others.map(async (client) => {
        await client.connect();
        while (isBusy) await client.query(`select pg_sleep(${Math.random() / 100})`);
        await client.end();
      });
      for (let round = 0; round < 10; round += 1) {
        await expect(checkPreparedStatements(pooler.url)).rejects.toThrow(
          "leave MEMLANE_DATABASE_PREPARED out",
        );
      }
      isBusy = false;
      await Promise.all(load);
      const refused = await refusal({
        DATABASE_URL: pooler.url,
        MEMLANE_DATABASE_DIRECT_URL: databaseUrl,
        MEMLANE_DATABASE_PREPARED: "true",
      });
      expect(refused).toContain("leave MEMLANE_DATABASE_PREPARED out");
    },
    60_000,
  );
});
