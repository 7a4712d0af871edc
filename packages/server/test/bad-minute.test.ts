// A database that refuses SQL statements for a while: the effect on callers and jobs.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { batch, ingest, send } from "./http.ts";
import { startServerOnTestDatabase, type ServerOnTestDatabase } from "./test-database.ts";

const driverMessage = 'could not extend file "base/5/16401": No space left on device';
let server: ServerOnTestDatabase;
beforeAll(async () => {
  server = await startServerOnTestDatabase({
    environment: { MEMLANE_JOB_ATTEMPTS: "1", MEMLANE_WEBHOOK_ALLOW_PRIVATE: "true" },
  });
});
afterAll(() => server.stop());

/** Makes every insert into a table fail with this SQLSTATE, until the returned function is called. */
async function failInserts(table: "job" | "memory", sqlState: string): Promise<() => Promise<void>> {
  const { database } = server;
  await database.query(
    `create or replace function memlane.fail() returns trigger language plpgsql as $$
     begin raise exception '${driverMessage}' using errcode = '${sqlState}'; end $$`,
  );
  await database.query(
    `create trigger fail before insert on memlane.${table} for each statement execute function memlane.fail()`,
  );
  return async () => void (await database.query(`drop trigger fail on memlane.${table}`));
}

const conversation = (user_id: string) => ({
  messages: [{ role: "user", content: "I live in Oslo." }],
  user_id,
  conv_id: "c",
});
const items = { memories: [{ content: "x", user_id: "u" }] };

describe("a POST that the database refuses for a while", () => {
  test.each([
    ["disk_full", "53100"],
    ["out_of_memory", "53200"],
    ["too_many_connections", "53300"],
    ["serialization_failure", "40001"],
    ["deadlock_detected", "40P01"],
    ["query_canceled", "57014"],
    ["lock_not_available", "55P03"],
    ["io_error", "58030"],
    ["read_only_sql_transaction", "25006"],
  ])("is answered 503 with Retry-After in each dialect: %s", async (_, sqlState) => {
    const restore = await failInserts("job", sqlState);
    const answers = await Promise.all([
      send(server, "POST /v1/memories", ingest(server), conversation("ann")),
      send(server, "POST /v1/batch", batch(server), items),
      send(server, "POST /v1/batch", { ...batch(server), "idempotency-key": "k" }, items),
    ]);
    await restore();
    for (const { status, headers, body } of answers) {
      expect([status, headers.get("retry-after")]).toEqual([503, "1"]);
      expect(JSON.stringify(body)).not.toContain("base/5");
    }
  });
});

test("if the database cannot store results for a while, jobs use no attempt and succeed later", async () => {
  const restore = await failInserts("memory", "53100");
  const accepted = [
    await send(server, "POST /v1/memories", ingest(server), conversation("ben")),
    await send(server, "POST /v1/batch", batch(server), items),
  ];
  const read = (id: string) => send(server, `GET /v1/jobs/${id}?wait=1`, ingest(server));
  const interrupted = () =>
    server.database.query<{ attempts: number }>(
      "select attempts from memlane.job where interruptions > 0 and lease_id is null and state = 'active'",
    );
  await expect.poll(interrupted, { timeout: 20_000 }).toEqual([{ attempts: 0 }, { attempts: 0 }]);
  for (const { body } of accepted) {
    const { status } = (await read(body.id)).body;
    expect(status).toMatch(/^(?:running|processing)$/);
  }
  await restore();
  for (const { body } of accepted)
    await expect
      .poll(async () => (await read(body.id)).body.status, { timeout: 20_000 })
      .toMatch(/^(?:succeeded|completed)$/);
});

test("a job that the database can never store fails with our message, and the log has the database's", async () => {
  const restore = await failInserts("memory", "23514");
  const { body } = await send(server, "POST /v1/memories?wait=true", ingest(server), conversation("eve"));
  await restore();
  expect(body).toMatchObject({
    status: "failed",
    error: { code: "ingest_failed", message: "the job could not be done: something went wrong on our side" },
  });
  expect(JSON.stringify(body)).not.toContain("base/5");
  expect(server.logs.some((line) => line.includes("No space left on device"))).toBe(true);
});
