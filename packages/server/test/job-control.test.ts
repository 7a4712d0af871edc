// Listing, reading, cancelling and retrying jobs, against the real server.
import { randomUUID } from "node:crypto";
import { jobIds } from "@memlane/core";
import { startTestServer, type TestServer } from "@memlane/server/testing";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { deleteExpiredJobs } from "../src/store/jobs.ts";
import { blockWorkers } from "./block-workers.ts";
import { batch, ingest, send, waitWhile } from "./http.ts";
import { createTestDatabase, startServerOnTestDatabase, type ServerOnTestDatabase } from "./test-database.ts";

// One job at a time: after a blocked job, new jobs stay queued.
const environment = {
  MEMLANE_WORKER_CONCURRENCY: "1",
  MEMLANE_BOOTSTRAP_KEYS: "org_test:key-of-the-tests,org_other:key-of-another-org",
};
let server: ServerOnTestDatabase;
beforeAll(async () => {
  server = await startServerOnTestDatabase({ environment, apiKey: "key-of-the-tests" });
}, 30_000);
afterAll(() => server?.stop());

type Memories = readonly { content: string; user_id?: string; metadata?: object }[];
const long = "lorem ipsum dolor sit amet ".repeat(200);
const many = (count: number, user_id = "u"): Memories =>
  Array.from({ length: count }, () => ({ content: long, user_id }));
const conversation = { messages: [{ role: "user", content: "I live in Rome." }], user_id: "u", conv_id: "c" };

const post = (path: string, body?: unknown, to: Pick<TestServer, "url"> = server) =>
  send(to, `POST ${path}`, ingest({ apiKey: "key-of-the-tests", orgId: "org_test" }), body);
const createBatch = async (memories: Memories): Promise<string> =>
  (await send(server, "POST /v1/batch", batch(server), { memories })).body.id;
const readBatch = (id: string, query = "") => send(server, `GET /v1/batch/${id}${query}`, batch(server));
const list = (query: string) => send(server, `GET /v1/jobs${query}`, ingest(server));
const memoriesOf = async (user: string, from: TestServer = server): Promise<number> =>
  (await send(from, `GET /v1/memories?limit=1&user_id=${user}`, batch(from))).body.total;
const idsOf = ({ body }: Awaited<ReturnType<typeof list>>): string[] =>
  body.data.map((job: { id: string }) => job.id);

/** Keeps the worker busy with a batch until `release` is called. Later jobs stay queued. */
async function occupy() {
  const release = await blockWorkers(server.database);
  const id = await createBatch([{ content: "x" }]);
  await waitWhile(() => readBatch(id), "pending");
  return { id, release };
}

test("GET /v1/jobs/{id} reads a job of either kind, each in its own format, and supports long-polls", async () => {
  const read = (id: string) => send(server, `GET /v1/jobs/${id}?wait=30`, ingest(server));
  const batchId = await createBatch([{ content: "x" }]);
  expect((await read(batchId)).body).toMatchObject({ id: batchId, status: "completed", imported: 1 });
  const { body } = await post("/v1/memories?wait=30", conversation);
  expect((await read(body.id)).body).toEqual(body);
  const unknown = await read(randomUUID());
  expect([unknown.status, unknown.body.error.code]).toEqual([404, "job_not_found"]);
});

describe("GET /v1/jobs", () => {
  test("pages through the jobs of both kinds, newest first, each in its own format", async () => {
    const batchId = await createBatch([{ content: "x" }]);
    await readBatch(batchId, "?wait=30");
    const ingested = await post("/v1/memories?wait=30", conversation);
    const first = await list("?limit=1");
    expect(first.body).toMatchObject({ object: "list", has_more: true, next_cursor: expect.any(String) });
    expect(first.body.data).toEqual([ingested.body]);
    const second = await list(`?limit=1&cursor=${first.body.next_cursor}`);
    expect(second.body.data).toEqual([(await readBatch(batchId)).body]);

    const all = idsOf(await list("?limit=500"));
    const paged: string[] = [];
    for (let cursor: string | null = ""; cursor !== null;) {
      const page = await list(`?limit=2${cursor && `&cursor=${cursor}`}`);
      paged.push(...idsOf(page));
      cursor = page.body.next_cursor;
    }
    expect(paged).toEqual(all);
    expect(all).toEqual(all.toSorted().toReversed());
  });

  test("filters by kind, and by a status of either dialect", async () => {
    const ended = await createBatch([{ content: "x" }]);
    await readBatch(ended, "?wait=30");
    const { body: done } = await post("/v1/memories?wait=30", conversation);
    const { id: active, release } = await occupy();
    const queued = await createBatch([{ content: "x" }]);
    expect(idsOf(await list("?kind=batch"))).toEqual(expect.arrayContaining([ended, active, queued]));
    expect(idsOf(await list("?kind=ingest"))).toContain(done.id);
    expect(idsOf(await list("?kind=ingest"))).not.toContain(ended);
    for (const status of ["succeeded", "completed"]) {
      const ids = idsOf(await list(`?status=${status}`));
      expect(ids).toEqual(expect.arrayContaining([ended, done.id]));
      expect(ids).not.toContain(queued);
    }
    expect(idsOf(await list("?kind=batch&status=pending"))).toEqual([queued]);
    for (const status of ["running", "processing"])
      expect(idsOf(await list(`?status=${status}`))).toEqual([active]);
    await release();
    await readBatch(queued, "?wait=30");
  });

  test("shows no other organisation's jobs, and refuses its cursors", async () => {
    await createBatch([{ content: "x" }]);
    await createBatch([{ content: "x" }]);
    const other = { "x-api-key": "key-of-another-org", "x-org-id": "org_other" };
    expect((await send(server, "GET /v1/jobs", other)).body).toEqual({
      object: "list",
      data: [],
      has_more: false,
      next_cursor: null,
    });
    const { next_cursor } = (await list("?limit=1")).body;
    for (const [query, headers] of [
      [`?cursor=${next_cursor}`, other],
      ["?cursor=nonsense", ingest(server)],
    ] as const) {
      const { status, body } = await send(server, `GET /v1/jobs${query}`, headers);
      expect([status, body.error.code]).toEqual([422, "cursor_mismatch"]);
    }
  });

  test.each(["?kind=import", "?status=napping", "?limit=0", "?limit=501"])("refuses %s", async (query) => {
    const { status, body } = await list(query);
    expect([status, body.error.code]).toEqual([422, "invalid_request"]);
  });
});

describe("POST /v1/jobs/{id}/cancel", () => {
  test("ends a queued job at once, and answers the requests that wait for it", async () => {
    const { release } = await occupy();
    const id = await createBatch([{ content: "never stored", user_id: "waits" }]);
    const { body: queued } = await post("/v1/memories", { ...conversation, user_id: "waits" });
    const waiting = readBatch(id, "?wait=30");
    const cancelled = await post(`/v1/jobs/${id}/cancel`);
    expect(cancelled.status).toBe(200);
    expect(cancelled.body).toMatchObject({
      id,
      status: "failed",
      received: 1,
      imported: 0,
      failed: 0,
      error: { type: "cancelled", code: "cancelled" },
      expires_at: expect.any(String),
    });
    expect((await waiting).body).toEqual(cancelled.body);
    expect((await post(`/v1/jobs/${queued.id}/cancel`)).body).toMatchObject({
      object: "ingest_job",
      status: "failed",
      result: null,
      error: {
        type: "cancelled",
        code: "ingest_failed",
        reason: "cancelled",
        message: expect.any(String),
      },
    });
    await release();
    // The worker is done with both.
    await readBatch(await createBatch([{ content: "next" }]), "?wait=30");
    expect(await memoriesOf("waits")).toBe(0);
  });

  test("stops a batch after its current step: what was committed stays and is reported", async () => {
    const user = `stopped-${randomUUID()}`;
    const id = await createBatch(many(500, user));
    await waitWhile(async () => {
      const answer = await readBatch(id);
      return { ...answer, body: { status: answer.body.imported === 0 ? "at the start" : "under way" } };
    }, "at the start");
    const { body } = await post(`/v1/jobs/${id}/cancel`);
    expect(body).toMatchObject({ status: "failed", received: 500, error: { code: "cancelled" } });
    expect(body.imported).toBeGreaterThan(0);
    expect(body.imported).toBeLessThan(500);
    // The worker is free again: the next job ends, and the batch has not changed since.
    await readBatch(await createBatch([{ content: "next" }]), "?wait=30");
    expect((await readBatch(id)).body).toEqual(body);
    expect(await memoriesOf(user)).toBe(body.imported);
  });

  test("refuses a job that has ended, also one that was cancelled", async () => {
    const id = await createBatch([{ content: "x" }]);
    await readBatch(id, "?wait=30");
    const { status, body } = await post(`/v1/jobs/${id}/cancel`);
    expect([status, body.error.code]).toEqual([409, "conflict"]);
    const { release } = await occupy();
    const waiting = await createBatch([{ content: "x" }]);
    const answers = await Promise.all(Array.from({ length: 8 }, () => post(`/v1/jobs/${waiting}/cancel`)));
    expect(answers.filter((answer) => answer.status === 200)).toHaveLength(1);
    expect(answers.filter((answer) => answer.status === 409)).toHaveLength(7);
    await release();
  });

  test.each(["cancel", "retry"])(
    "%s answers for another organisation's job as for an unknown one",
    async (action) => {
      const id = await createBatch([{ content: "x" }]);
      const other = { "x-api-key": "key-of-another-org", "x-org-id": "org_other" };
      for (const name of [id, "job_00000000000000000000000000000000", "nonsense"]) {
        const { status, body } = await send(server, `POST /v1/jobs/${name}/${action}`, other);
        expect([status, body.error.code, body.error.message]).toEqual([
          404,
          "job_not_found",
          "there is no such job",
        ]);
      }
    },
  );

  test("stays effective for a job whose worker was killed: no other worker claims it", async () => {
    const DATABASE_URL = await createTestDatabase();
    const start = () =>
      startTestServer({
        apiKey: "key-of-the-tests",
        environment: { ...environment, DATABASE_URL, MEMLANE_LEASE_MS: "2000" },
      });
    const first = await start();
    const { body: created } = await send(first, "POST /v1/batch", batch(first), {
      memories: many(500, "killed"),
    });
    const read = (from: TestServer) => send(from, `GET /v1/batch/${created.id}`, batch(from));
    await waitWhile(() => read(first), "pending");
    await first.kill();
    const second = await start();
    onTestFinished(async () => void (await second.stop()));
    const { status, body } = await post(`/v1/jobs/${created.id}/cancel`, undefined, second);
    expect([status, body.status, body.error.code]).toEqual([200, "failed", "cancelled"]);
    await new Promise((resolve) => setTimeout(resolve, 3000)); // the lease has run out
    expect((await read(second)).body).toEqual(body);
    expect(await memoriesOf("killed", second)).toBe(body.imported);
  });
});

describe("POST /v1/jobs/{id}/retry", () => {
  /** A conversation that was cancelled before it was read. */
  async function cancelConversation(user_id: string): Promise<string> {
    const { release } = await occupy();
    const { body } = await post("/v1/memories", { ...conversation, user_id });
    expect((await post(`/v1/jobs/${body.id}/cancel`)).status).toBe(200);
    await release();
    return body.id;
  }

  test("repeats a failed conversation as a new job", async () => {
    const user = `anew-${randomUUID()}`;
    const id = await cancelConversation(user);
    const old = (await send(server, `GET /v1/jobs/${id}`, ingest(server))).body;
    const retried = await post(`/v1/jobs/${id}/retry`);
    expect(retried.status).toBe(202);
    expect(retried.body).toMatchObject({ object: "ingest_job", status: "pending", result: null });
    expect(retried.body.id).not.toBe(id);
    const { body } = await send(server, `GET /v1/memories/jobs/${retried.body.id}?wait=30`, ingest(server));
    expect(body).toMatchObject({
      status: "succeeded",
      result: { memories_created: [{ type: "fact" }, { type: "episode" }] },
    });
    expect((await send(server, `GET /v1/memories/jobs/${id}`, ingest(server))).body).toEqual(old);
    expect(await memoriesOf(user)).toBe(1);
  });

  test("continues from the newest retry, however often, and the request is stored once", async () => {
    const user = `again-${randomUUID()}`;
    const id = await cancelConversation(user);
    const { release } = await occupy();
    let newest = id;
    for (let round = 0; round < 3; round += 1) {
      const { body } = await post(`/v1/jobs/${newest}/retry`);
      expect((await post(`/v1/jobs/${newest}/retry`)).status).toBe(409);
      expect((await post(`/v1/jobs/${body.id}/cancel`)).status).toBe(200);
      newest = body.id;
    }
    const words = "select from memlane.job where request::text like $1";
    expect(await server.database.query(words, [`%${user}%`])).toHaveLength(1);
    const { body: last } = await post(`/v1/jobs/${newest}/retry`);
    await release();
    expect((await send(server, `GET /v1/jobs/${last.id}?wait=30`, ingest(server))).body.status).toBe(
      "succeeded",
    );
    expect(await server.database.query(words, [`%${user}%`])).toEqual([]);
    for (const each of [id, newest, last.id])
      expect((await post(`/v1/jobs/${each}/retry`)).body.error.code).toBe("conflict");
    expect(await memoriesOf(user)).toBe(1);
  });

  test("survives the deletion of the retried job, whose row contains the request until then", async () => {
    const user = `outlives-${randomUUID()}`;
    const id = await cancelConversation(user);
    const { release } = await occupy();
    const { body: retried } = await post(`/v1/jobs/${id}/retry`);
    const old = jobIds.parse(id)!;
    await server.database.query("update memlane.job set expires_at = now() where id = $1", [old]);
    expect((await post(`/v1/jobs/${id}/retry`)).status).toBe(404);
    await deleteExpiredJobs(server.database, 10);
    await release();
    const { body } = await send(server, `GET /v1/jobs/${retried.id}?wait=30`, ingest(server));
    expect(body.status).toBe("succeeded");
    await server.database.query("update memlane.job set expires_at = now() where id = $1", [
      jobIds.parse(retried.id)!,
    ]);
    await deleteExpiredJobs(server.database, 10);
    await deleteExpiredJobs(server.database, 10);
    expect(await server.database.query("select from memlane.job where id = $1", [old])).toEqual([]);
  });

  test("of a conversation that was read is refused, because its request is not kept", async () => {
    const { body: old } = await post("/v1/memories?wait=30", conversation);
    const { status, body } = await post(`/v1/jobs/${old.id}/retry`);
    expect([status, body.error.code]).toEqual([409, "conflict"]);
  });

  test("with an Idempotency-Key creates one job, however often it is sent", async () => {
    const user = `once-${randomUUID()}`;
    const id = await cancelConversation(user);
    const headers = { ...ingest(server), "idempotency-key": randomUUID() };
    const retry = (of: string) => send(server, `POST /v1/jobs/${of}/retry?wait=30`, headers);
    const answers = await Promise.all(Array.from({ length: 8 }, () => retry(id)));
    answers.push(await retry(id));
    expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1);
    expect(answers.map(({ body }) => body.status)).toEqual(answers.map(() => "succeeded"));
    expect(answers.filter((answer) => answer.headers.get("idempotent-replayed") === null)).toHaveLength(1);
    expect(await memoriesOf(user)).toBe(1);
    const mismatch = await retry(await cancelConversation(user));
    expect([mismatch.status, mismatch.body.error.code]).toEqual([422, "idempotency_mismatch"]);
  });

  test("of a batch takes only the items that failed", async () => {
    const id = await createBatch([
      { content: "One." },
      { content: " ", metadata: { id: "row-7" } },
      { content: "Two." },
      { content: "", metadata: { id: 8 } },
    ]);
    const { body: ended } = await readBatch(id, "?wait=30");
    const why = { error: "content must not be empty", code: "empty_content", retryable: false };
    expect(ended.errors).toEqual([
      { index: 1, ...why, id: "row-7" },
      { index: 3, ...why },
    ]);
    const retried = await post(`/v1/jobs/${id}/retry?wait=30`);
    expect(retried.body).toMatchObject({
      status: "completed",
      received: 2,
      imported: 0,
      failed: 2,
      errors: [{ index: 0, id: "row-7" }, { index: 1 }],
    });
  });

  test("of a cancelled batch contains the items that were not reached: in the end each item is stored once", async () => {
    const user = `finished-${randomUUID()}`;
    const id = await createBatch(many(400, user));
    await waitWhile(() => readBatch(id), "pending");
    const { body: stopped } = await post(`/v1/jobs/${id}/cancel`);
    const { body: rest } = await post(`/v1/jobs/${id}/retry?wait=30`);
    expect(rest).toMatchObject({ status: "completed", received: 400 - stopped.imported });
    expect(await memoriesOf(user)).toBe(400);
  });

  test("refuses an unfinished job, and a batch with every item stored", async () => {
    const { id: going, release } = await occupy();
    expect((await post(`/v1/jobs/${going}/retry`)).status).toBe(409);
    await release();
    const complete = await createBatch([{ content: "x" }]);
    await readBatch(complete, "?wait=30");
    const { status, body } = await post(`/v1/jobs/${complete}/retry`);
    expect([status, body.error.code]).toEqual([409, "conflict"]);
  });
});

test("an ended job says when it expires, 24 hours later; an unfinished one does not", async () => {
  const { release } = await occupy();
  const { body: queued } = await post("/v1/memories", conversation);
  expect(queued).not.toHaveProperty("expires_at");
  await release();
  const { body } = await send(server, `GET /v1/memories/jobs/${queued.id}?wait=30`, ingest(server));
  expect(Date.parse(body.expires_at) - Date.parse(body.updated_at)).toBe(24 * 3_600_000);
  const id = await createBatch([{ content: "x" }]);
  expect((await readBatch(id, "?wait=30")).body.expires_at).toMatch(/^\d{4}-.*Z$/);
});
