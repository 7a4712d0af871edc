// Two APIs and two workers in separate processes on one PostgreSQL, as in compose.yaml.
import { setTimeout as sleep } from "node:timers/promises";
import { startTestServer, type TestServer } from "@memlane/server/testing";
import { afterAll, beforeAll, expect, test } from "vitest";
import { batch, ingest, send, waitWhile } from "./http.ts";
import { createTestDatabase } from "./test-database.ts";

let apis: readonly [TestServer, TestServer];
let workers: readonly [TestServer, TestServer];
beforeAll(async () => {
  const environment = {
    DATABASE_URL: await createTestDatabase(),
    MEMLANE_LEASE_MS: "1500",
    MEMLANE_WORKER_CONCURRENCY: "2",
  };
  const start = (command: "api" | "worker") =>
    startTestServer({ command, environment, apiKey: "key-that-all-share" });
  const [api, otherApi, worker, otherWorker] = await Promise.all([
    start("api"),
    start("api"),
    start("worker"),
    start("worker"),
  ]);
  [apis, workers] = [
    [api, otherApi],
    [worker, otherWorker],
  ];
}, 30_000);
afterAll(async () => {
  await Promise.all([...(apis ?? []), ...(workers ?? [])].map((server) => server.stop()));
});

const conversation = (user: string) => ({
  messages: [{ role: "user", content: "I live in Oslo." }],
  user_id: user,
  conv_id: "c",
});

test("jobs that are sent to either API are done by both workers", async () => {
  const jobs = await Promise.all(
    Array.from({ length: 80 }, (_, user) => {
      const api = apis[user % 2]!;
      return send(api, "POST /v1/memories?wait=true", ingest(api), conversation(`user ${user}`));
    }),
  );
  expect(jobs.map(({ body }) => body.status)).toEqual(jobs.map(() => "succeeded"));
  const done = workers.map(({ logs }) => logs.filter((line) => line.includes('"job ended"')).length);
  expect(done.every((count) => count > 0)).toBe(true);
  expect(done[0]! + done[1]!).toBe(80);
});

test.each([0, 1])("a process that is only a worker serves only the probes: worker %i", async (index) => {
  const worker = workers[index]!;
  expect((await send(worker, "GET /healthz")).status).toBe(200);
  expect((await send(worker, "GET /readyz")).status).toBe(200);
  expect((await send(worker, "POST /v1/batch", batch(apis[0]), { memories: [] })).status).toBe(404);
});

const received = 300;
const readBatch = (id: string) => send(apis[0], `GET /v1/batch/${id}`, batch(apis[0]));

/** Sends six batches, and resolves during their import, when both workers have some. */
async function startBatches(user: string): Promise<string[]> {
  const text = "lorem ipsum dolor sit amet ".repeat(100);
  const ids = await Promise.all(
    Array.from({ length: 6 }, async (_, number) => {
      const memories = Array.from({ length: received }, (__, index) => ({
        content: `${index} ${text}`,
        user_id: `${user} ${number}`,
      }));
      const { body } = await send(apis[number % 2]!, "POST /v1/batch", batch(apis[0]), { memories });
      return String(body.id);
    }),
  );
  for (;;) {
    const progress = (await Promise.all(ids.map(readBatch))).map(({ body }) => body.imported);
    if (progress.every((count) => count === received)) throw new Error("the batches were too quick");
    if (progress.filter((count) => count > 0).length > 2) return ids; // more than one worker has some
    await sleep(5);
  }
}

async function expectEachItemOnce(user: string, ids: readonly string[]): Promise<void> {
  for (const [number, id] of ids.entries()) {
    const job = await waitWhile(() => readBatch(id), "pending", "processing");
    expect(job).toMatchObject({ status: "completed", imported: received, failed: 0 });
    const { body } = await send(
      apis[1],
      `GET /v1/memories?limit=1&user_id=${encodeURIComponent(`${user} ${number}`)}`,
      batch(apis[0]),
    );
    expect(body.total).toBe(received);
  }
}

test("a worker that stops for longer than its lease loses its batches, and later writes nothing", async () => {
  const ids = await startBatches("stalled");
  process.kill(workers[0].pid, "SIGSTOP");
  await expectEachItemOnce("stalled", ids);
  process.kill(workers[0].pid, "SIGCONT");
  const done = () => workers[0].logs.filter((line) => line.includes('"job ended"')).length;
  const before = done();
  await expect
    .poll(
      async () => {
        await send(apis[0], "POST /v1/memories", ingest(apis[0]), conversation("after"));
        return done() > before; // it works again
      },
      { timeout: 20_000 },
    )
    .toBe(true);
  await expectEachItemOnce("stalled", ids);
}, 60_000);

test("after kill -9 of a worker during its batches, the other finishes them, each item once", async () => {
  const ids = await startBatches("killed");
  await workers[0].kill();
  await expectEachItemOnce("killed", ids);
}, 60_000);

test("a long-poll on one API is answered within milliseconds of the end in another process", async () => {
  const delaysMs: number[] = [];
  for (let user = 0; user < 20; user += 1) {
    const job = await send(
      apis[0],
      "POST /v1/memories?wait=true",
      ingest(apis[0]),
      conversation(`late ${user}`),
    );
    delaysMs.push(Date.now() - Date.parse(job.body.updated_at)); // from the start of the last transaction
  }
  delaysMs.sort((a, b) => a - b);
  console.info(
    `from the end of a job to its long-poll's answer: median ${delaysMs[10]} ms, longest ${delaysMs.at(-1)} ms`,
  );
  expect(delaysMs[10]).toBeLessThan(250);
});
