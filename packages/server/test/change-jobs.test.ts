// Cancelling and retrying jobs by filter, against the real server.
import { createClient } from "@memlane/core";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { createInProcessRuntime } from "../src/http/mcp/in-process-runtime.ts";
import { createKeyAs } from "../src/keys/create-key.ts";
import { blockWorkers } from "./block-workers.ts";
import { batch, ingest, send, waitWhile } from "./http.ts";
import { startServerOnTestDatabase, type ServerOnTestDatabase } from "./test-database.ts";

// One job at a time: after a blocked job, new jobs stay queued.
const environment = {
  MEMLANE_WORKER_CONCURRENCY: "1",
  MEMLANE_BOOTSTRAP_KEYS: "org_test:key-of-the-tests,org_other:key-of-another-org",
  MEMLANE_WEBHOOK_ALLOW_PRIVATE: "true",
};
const other = { apiKey: "key-of-another-org", orgId: "org_other" };
let server: ServerOnTestDatabase;
beforeAll(async () => {
  server = await startServerOnTestDatabase({ environment, apiKey: "key-of-the-tests" });
  await send(server, "PUT /v1/webhooks", ingest(server), { url: "http://127.0.0.1:1/" });
}, 30_000);
afterAll(() => server?.stop());

const change = (action: string, body: object, caller = server as { apiKey: string; orgId: string }) =>
  send(server, `POST /v1/jobs/${action}`, ingest(caller), body);
const read = async (id: string) => (await send(server, `GET /v1/jobs/${id}`, ingest(server))).body;
const talk = (user_id: string) => ({
  messages: [{ role: "user", content: "I live in Rome." }],
  user_id,
  conv_id: "c",
});
const remember = async (user_id: string) =>
  (await send(server, "POST /v1/memories", ingest(server), talk(user_id))).body.id as string;

/** Keeps the worker busy until `release` is called. */
async function occupy() {
  const release = await blockWorkers(server.database);
  onTestFinished(release); // also if the test fails
  const memories = [{ content: "x" }];
  const { id } = (await send(server, "POST /v1/batch", batch(server), { memories })).body;
  await waitWhile(() => send(server, `GET /v1/batch/${id}`, batch(server)), "pending");
  return { id: id as string, release };
}

test("a dry run counts, then matching jobs are cancelled with their webhook deliveries, and retried", async () => {
  const { id: active, release } = await occupy();
  const ids = [await remember("ada"), await remember("ada"), await remember("ada")];
  const bobs = await remember("bob");
  const filter = { user_id: "ada", state: "queued,active" };
  expect((await change("cancel", { filter, dry_run: true })).body).toEqual({
    matched: 3,
    changed: 0,
    left: 3,
  });
  expect((await change("cancel", { filter })).body).toEqual({ matched: 3, changed: 3, left: 0 });
  for (const id of ids)
    expect(await read(id)).toMatchObject({ status: "failed", error: { message: "the job was cancelled" } });
  expect(await read(bobs)).toMatchObject({ status: "pending" });
  const deliveries = (await send(server, "GET /v1/webhooks/deliveries", ingest(server))).body.data;
  expect(deliveries.map(({ job_id }: { job_id: string }) => job_id).toSorted()).toEqual(ids.toSorted());

  const again = { user_id: "ada", error_code: "cancelled" };
  expect((await change("retry", { filter: again, dry_run: true })).body).toMatchObject({ matched: 3 });
  expect((await change("retry", { filter: again })).body).toEqual({ matched: 3, changed: 3, left: 0 });
  expect((await change("retry", { filter: again })).body).toEqual({ matched: 0, changed: 0, left: 0 });
  expect((await change("cancel", { filter: { kind: "batch" } })).body).toMatchObject({ changed: 1 });
  expect(await read(active)).toMatchObject({ status: "failed" });
  await release();
  await waitWhile(() => send(server, `GET /v1/jobs/${bobs}`, ingest(server)), "pending", "running");
});

test("a client cancels and retries all of them, in as many requests as it takes", async () => {
  const { release } = await occupy();
  await server.database.query(
    `insert into memlane.job (id, org_id, kind, request, user_id)
     select gen_random_uuid(), 'org_test', 'ingest', $1, 'many' from generate_series(1, 1050)`,
    [JSON.stringify(talk("many"))],
  );
  const runtime = createInProcessRuntime((request) => {
    const { pathname, search } = new URL(request.url);
    return fetch(new Request(`${server.url}${pathname}${search}`, request));
  });
  const { operations } = createClient(runtime, server);
  expect(await operations.count("cancel", { user_id: "many" })).toBe(1050);
  expect(await operations.cancelAll({ user_id: "many" })).toBe(1050);
  expect(await operations.count("cancel", { user_id: "many" })).toBe(0);
  expect(await operations.count("retry", { user_id: "many" })).toBe(1050);
  await server.database.query("delete from memlane.job where user_id = 'many' and id > $1", [
    "08000000-0000-0000-0000-000000000000",
  ]);
  const left = await operations.count("retry", { user_id: "many" });
  expect(await operations.retryAll({ user_id: "many" })).toBe(left);
  expect(await operations.cancelAll({ user_id: "many" })).toBe(left);
  await release();
});

describe("it is refused", () => {
  test.each([
    ["without a filter", {}],
    ["with an unknown field, which would select too many", { filter: { userid: "ada" } }],
    ["with an unknown state", { filter: { state: "napping" } }],
  ])("%s", async (_, body) => {
    const { status, body: answer } = await change("cancel", body);
    expect([status, answer.error.code]).toEqual([422, "invalid_request"]);
  });

  test("to a key of one user, and it never reaches another organisation", async () => {
    const { release } = await occupy();
    const id = await remember("ada");
    const scopes = ["memories:read", "memories:write"] as const;
    const { key } = await createKeyAs(server.database, {
      orgId: "org_test",
      name: "x",
      scopes,
      userId: "ada",
    });
    const bound = await change("cancel", { filter: { user_id: "ada" } }, { apiKey: key, orgId: "org_test" });
    expect([bound.status, bound.body.error.code]).toEqual([403, "forbidden"]);
    expect((await change("cancel", { filter: {} }, other)).body).toEqual({ matched: 0, changed: 0, left: 0 });
    expect(await read(id)).toMatchObject({ status: "pending" });
    await release();
  });
});
