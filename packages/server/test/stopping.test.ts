// Real processes that are asked to stop during their work. See chaos.test.ts for killed ones.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { startTestServer, type TestServer } from "@memlane/server/testing";
import { afterEach, beforeEach, expect, test } from "vitest";
import { findServer, isPostgres } from "../src/embedded/pid-file.ts";
import { blockWorkers } from "./block-workers.ts";
import { batch, send, waitWhile } from "./http.ts";
import { startServerOnTestDatabase } from "./test-database.ts";

const batchSize = 500;
// Long texts, so that a batch takes long enough to be interrupted.
const memoriesOf = (user: string) =>
  Array.from({ length: batchSize }, (_, index) => ({
    content: index % 100 === 99 ? " " : `${user} ${index} ${"lorem ipsum dolor sit amet ".repeat(150)}`,
    user_id: user,
  }));

let dataDirectory: string;
beforeEach(async () => {
  dataDirectory = await mkdtemp(join(tmpdir(), "memlane stopping "));
});
afterEach(() => rm(dataDirectory, { recursive: true, force: true }));

const databasePid = () => findServer(join(dataDirectory, "postgres"))?.pid;

/** Stops a server, and checks its exit code and that it leaves no process. */
async function expectCleanStop(server: TestServer): Promise<void> {
  const pid = databasePid()!;
  expect(isPostgres(pid)).toBe(true);
  expect(await server.stop()).toBe(0);
  expect(isPostgres(pid)).toBe(false);
}

/** Sends three batches and resolves during their import. */
async function startBatches(server: TestServer): Promise<string[]> {
  const users = ["ann", "ben", "cem"];
  const ids = await Promise.all(
    users.map(async (user) => {
      const { status, body } = await send(server, "POST /v1/batch", batch(server), {
        memories: memoriesOf(user),
      });
      expect(status).toBe(202);
      return String(body.id);
    }),
  );
  for (;;) {
    const jobs = await Promise.all(ids.map((id) => send(server, `GET /v1/batch/${id}`, batch(server))));
    const done = jobs.map(({ body }) => body.imported + body.failed);
    if (done.every((count) => count === batchSize))
      throw new Error("the batches were too quick to be interrupted");
    if (done.some((count) => count > 0)) return ids;
    await sleep(5);
  }
}

async function expectEachItemOnce(server: TestServer, ids: readonly string[]): Promise<void> {
  for (const id of ids) {
    const job = await waitWhile(
      () => send(server, `GET /v1/batch/${id}`, batch(server)),
      "pending",
      "processing",
    );
    expect(job).toMatchObject({ status: "completed", received: 500, imported: 495, failed: 5 });
    expect(job.errors).toEqual(
      [99, 199, 299, 399, 499].map((index) => ({
        index,
        error: "content must not be empty",
        code: "empty_content",
        retryable: false,
      })),
    );
  }
  const contents = new Map<string, number>();
  for (let offset = 0, total = 1; offset < total; offset += 200) {
    const { body } = await send(server, `GET /v1/memories?limit=200&offset=${offset}`, batch(server));
    total = body.total;
    for (const { content } of body.memories) contents.set(content, (contents.get(content) ?? 0) + 1);
  }
  expect([...contents.values()].filter((count) => count !== 1)).toEqual([]);
  expect(contents.size).toBe(3 * 495);
}

test("SIGTERM during a batch: it is given back, and the next server finishes it", async () => {
  const first = await startTestServer({ dataDirectory, environment: { MEMLANE_LEASE_MS: "600000" } });
  const ids = await startBatches(first);
  await expectCleanStop(first);

  const second = await startTestServer({ dataDirectory, apiKey: first.apiKey });
  await expectEachItemOnce(second, ids); // at once, although the lease was for ten minutes
  expect(await second.stop()).toBe(0);
}, 60_000);

test("SIGTERM to the whole process group, also if a wrapper in the group forwards it, counts as one signal", async () => {
  const server = await startTestServer({ dataDirectory });
  await startBatches(server);
  process.kill(server.pid, "SIGTERM");
  await sleep(20);
  await expectCleanStop(server);
}, 60_000);

test("another SIGTERM after a second ends a server that hangs", async () => {
  const server = await startServerOnTestDatabase({ environment: { MEMLANE_DRAIN_MS: "60000" } });
  const release = await blockWorkers(server.database);
  await send(server, "POST /v1/batch", batch(server), { memories: memoriesOf("ann") });
  await expect
    .poll(() => server.database.query("select from memlane.job where state = 'active'"))
    .toEqual([{}]);
  process.kill(server.pid, "SIGTERM");
  await sleep(1500);
  const startedMs = performance.now();
  expect(await server.stop()).toBeNull();
  expect(performance.now() - startedMs).toBeLessThan(5000);
  await release();
}, 60_000);

test("after SIGHUP, as when a terminal is closed, neither the server nor its database runs", async () => {
  const server = await startTestServer({ dataDirectory });
  const pid = databasePid()!;
  process.kill(server.pid, "SIGHUP");
  expect(await server.stop()).toBe(0);
  expect(isPostgres(pid)).toBe(false);
}, 60_000);

test("a folder that another server owns is refused, and stays unchanged", async () => {
  const owner = await startTestServer({ dataDirectory });
  await expect(startTestServer({ dataDirectory })).rejects.toThrow(
    /in use by another Memlane server.*--data/s,
  );
  expect((await fetch(`${owner.url}/readyz`)).status).toBe(200);
  await owner.stop();
}, 60_000);
