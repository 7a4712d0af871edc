// The short form of `npm run chaos`, and tests of its audit with known errors.
import { startTestServer } from "@memlane/server/testing";
import { expect, test } from "vitest";
import { audit } from "../chaos/audit.ts";
import type { Books } from "../chaos/books.ts";
import { runChaos } from "../chaos/chaos.ts";
import { live, type Story } from "../chaos/story.ts";
import { createTestDatabase, openTestDatabase } from "./test-database.ts";

test("whatever is killed under load, no acknowledged job is lost, repeated, unfinished or failed", async () => {
  const { acknowledged, faults } = await runChaos({ kills: 12, seed: 1 });
  expect(faults).toEqual([]);
  expect(acknowledged).toBeGreaterThan(12);
}, 240_000);

test("the audit notices lost, duplicate and unfinished work", async () => {
  const databaseUrl = await createTestDatabase();
  const server = await startTestServer({ environment: { DATABASE_URL: databaseUrl } });
  const database = await openTestDatabase(databaseUrl);

  const client = { urls: [server.url], orgId: server.orgId, apiKey: server.apiKey };
  const books: Books = { entries: [], faults: [] };
  const base: Story = { kind: "batch", items: 25, hasKey: true, afterwards: "wait", pauseMs: 0 };
  const users = [
    "well",
    "short of a memory",
    "with one twice",
    "without a job",
    "waiting",
    "restarted",
    "done twice",
  ];
  for (const user of users)
    await live({ ...base, kind: user === "done twice" ? "conversation" : "batch" }, user, client, books);
  await live({ ...base, items: 240, afterwards: "cancel and retry" }, "cancelled", client, books);
  const count = async () => {
    const faults = await audit(databaseUrl, [{ client, books, memoriesOfConversation: 2 }]);
    return faults
      .map(({ kind, what }) => `${kind} ${what}`.replaceAll(/job_\w+|[\da-f-]{36}/g, "id"))
      .toSorted();
  };
  await expect.poll(count, { timeout: 20_000 }).toEqual([]);

  const ofUser = (user: string) => `id = (select id from memlane.memory where user_id = '${user}' limit 1)`;
  const ofJob = (user: string) =>
    `id = '${books.entries.find(({ userId }) => userId === user)!.jobIds[0]!.slice(4)}'`;
  await database.query(`delete from memlane.memory where ${ofUser("short of a memory")}`);
  await database.query(
    `insert into memlane.memory (id, org_id, type, text, user_id)
     select gen_random_uuid(), org_id, type, text, user_id from memlane.memory where ${ofUser("with one twice")}`,
  );
  await database.query(`delete from memlane.job where ${ofJob("without a job")}`);
  const failure = JSON.stringify({ type: "server_error", code: "ingest_failed", message: "gave up" });
  const undone = "state = 'active', expires_at = null, imported = 20, due_at = 'infinity'";
  await database.query(`update memlane.job set ${undone} where ${ofJob("waiting")}`);
  await database.query(
    `update memlane.job set state = 'failed', failure = '${failure}' where ${ofJob("restarted")}`,
  );
  await database.query(
    `update memlane.job set result = (result::jsonb || '{"created": []}')::json where ${ofJob("done twice")}`,
  );
  expect(await count()).toEqual([
    "doubled done twice: id was done a second time, and says what that made",
    "doubled waiting: 20 memories should be there, and there are 23, 23 different",
    "doubled with one twice: 23 memories should be there, and there are 24, 23 different",
    "failed-by-chaos restarted: id failed: gave up",
    "lost restarted: id was completed, and is failed",
    "lost short of a memory: 23 memories were made, and 22 are there",
    "lost waiting: id was completed, and is processing",
    "lost without a job: id was acknowledged, and is not there",
    "unfinished the job id",
  ]);

  await database.close();
  await server.stop();
}, 120_000);
