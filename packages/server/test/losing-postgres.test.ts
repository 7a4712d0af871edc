// An API and a worker in separate processes, whose PostgreSQL stops and starts again.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startTestServer, type TestServer } from "@memlane/server/testing";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openCluster, type Cluster } from "../src/embedded/cluster.ts";
import { batch, ingest, send } from "./http.ts";

let directory: string;
let cluster: Cluster;
let api: TestServer;
let worker: TestServer;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "memlane-losing-"));
  cluster = await openCluster(directory);
  const environment = { DATABASE_URL: await cluster.start() };
  const start = (command: "api" | "worker") =>
    startTestServer({ command, environment, dataDirectory: directory, apiKey: "key-of-the-tests" });
  [api, worker] = await Promise.all([start("api"), start("worker")]);
}, 60_000);
afterAll(async () => {
  await Promise.all([api?.stop(), worker?.stop()]);
  await cluster.stop();
  await rm(directory, { recursive: true, force: true });
});

const conversation = {
  messages: [{ role: "user", content: "I live in Oslo." }],
  user_id: "ann",
  conv_id: "c",
};
const items = { memories: [{ content: "x", user_id: "ben" }] };

test("without PostgreSQL, processes answer 503 in the dialect's format, and recover when it is back", async () => {
  const { body: before } = await send(api, "POST /v1/memories?wait=true", ingest(api), conversation);
  expect(before.status).toBe("succeeded");

  await cluster.stop();
  const jobPath = `/v1/memories/jobs/${before.id}`;
  for (const [route, headers, body] of [
    ["POST /v1/memories", ingest(api), conversation],
    [`GET ${jobPath}`, ingest(api)],
    [`GET ${jobPath}?wait=5`, ingest(api)],
    ["GET /v1/jobs", ingest(api)],
    ["POST /v1/batch", batch(api), items],
    ["POST /v1/batch", { ...batch(api), "idempotency-key": "k" }, items],
    ["GET /v1/memories", batch(api)],
    ["GET /v1/batch/x", { authorization: "Bearer somebody" }],
  ] as const) {
    const answer = await send(api, route, headers, body);
    const message = "the database is not available at the moment";
    expect([route, answer.status, answer.headers.get("retry-after")]).toEqual([route, 503, "1"]);
    if (headers === batch(api) || "authorization" in headers)
      expect(answer.body).toEqual({ code: expect.any(String), message });
    else expect(answer.body).toMatchObject({ error: { message }, detail: { message } });
  }
  for (const process of [api, worker]) {
    const answer = await send(process, "GET /readyz");
    expect([answer.status, answer.headers.get("retry-after")]).toEqual([503, "1"]);
    expect((await send(process, "GET /healthz")).status).toBe(200);
  }

  await cluster.start();
  for (const process of [api, worker])
    await expect.poll(async () => (await send(process, "GET /readyz")).status, { timeout: 10_000 }).toBe(200);
  expect((await send(api, `GET ${jobPath}`, ingest(api))).body).toEqual(before);
  const after = await send(api, "POST /v1/memories?wait=true", ingest(api), {
    ...conversation,
    user_id: "eve",
  });
  expect(after.body.status).toBe("succeeded");
  expect((await send(api, "POST /v1/batch?wait=true", batch(api), items)).body).toMatchObject({
    imported: 1,
  });
}, 60_000);
