// Every way to wait for a job, against the real server.
import { setTimeout as sleep } from "node:timers/promises";
import type { TestServer } from "@memlane/server/testing";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { batch, ingest, send } from "./http.ts";
import { startServerOnTestDatabase } from "./test-database.ts";

let server: TestServer;
beforeAll(async () => {
  server = await startServerOnTestDatabase({ environment: { MEMLANE_WORKER_CONCURRENCY: "1" } });
});
afterAll(() => server?.stop());

// One job at a time, and a batch that takes a while before the job that is waited for: it stays pending.
const long = "lorem ipsum dolor sit amet ".repeat(500);
const create = async (count: number, content = long) => {
  const memories = Array.from({ length: count }, () => ({ content }));
  const { body } = await send(server, "POST /v1/batch", batch(server), { memories });
  return String(body.id);
};
const get = (id: string, headers: Record<string, string> = {}, query = "") =>
  send(server, `GET /v1/batch/${id}${query}`, { ...batch(server), ...headers });

describe("a job that goes on", () => {
  test("says when to ask again, one that ended does not", async () => {
    const busy = await create(500);
    const running = await get(busy);
    expect(running.headers.get("retry-after")).toMatch(/^\d+$/);
    const ended = await get(busy, {}, "?wait=30");
    expect([ended.body.status, ended.headers.get("retry-after")]).toEqual(["completed", null]);
  });

  test.each([
    ["?wait=30", {}],
    ["?wait=true", {}],
    ["", { prefer: "wait=30" }],
    ["", { prefer: "respond-async, wait=30" }],
  ])("is held until it ends: %s %j", async (query, headers) => {
    const id = await create(300);
    const held = await get(id, headers, query);
    expect(held.body).toMatchObject({ status: "completed", imported: 300 });
    expect(held.headers.get("preference-applied")).toBe(query === "" ? "wait=30" : null);
  });

  test("is answered as it is when the time is over", async () => {
    const ids = await Promise.all(Array.from({ length: 8 }, () => create(500)));
    const startedMs = performance.now();
    const held = await get(ids.at(-1)!, {}, "?wait=1");
    expect(performance.now() - startedMs).toBeLessThan(3000);
    expect(held.status).toBe(200);
    for (const id of ids) await get(id, {}, "?wait=30");
  });

  test("a wait that is no time is refused", async () => {
    const answer = await get(await create(1, "x"), {}, "?wait=soon");
    expect([answer.status, answer.body.code]).toEqual([422, "invalid_request"]);
  });
});

describe("an entity tag", () => {
  test("spares the body of a job that did not change", async () => {
    const id = await create(1, "x");
    const { headers } = await get(id, {}, "?wait=30");
    const again = await get(id, { "if-none-match": headers.get("etag")! });
    expect([again.status, again.body, again.headers.get("etag")]).toEqual([304, "", headers.get("etag")]);
    expect((await get(id, { "if-none-match": '"other"' })).status).toBe(200);
  });

  test("with a wait answers every change, from the first to the end", async () => {
    const id = await create(500);
    const seen: number[] = [];
    let etag = '"none"';
    for (;;) {
      const { status, body, headers } = await get(id, { "if-none-match": etag, prefer: "wait=20" });
      if (status === 304) continue;
      expect(headers.get("etag")).not.toBe(etag);
      etag = headers.get("etag")!;
      seen.push(body.imported);
      if (body.status === "completed") break;
    }
    expect(seen.at(-1)).toBe(500);
    expect(seen.length).toBeGreaterThan(2);
    expect(seen).toEqual(seen.toSorted((a, b) => a - b));
  });
});

describe("server-sent events", () => {
  /** The events of a stream until it ends: their ids and documents. */
  async function watch(id: string, headers: Record<string, string> = {}) {
    const response = await fetch(`${server.url}/v1/jobs/${id}/events`, {
      headers: { ...ingest(server), ...headers },
    });
    const text = await response.text();
    const events = text
      .split("\n\n")
      .filter((block) => block.includes("data:"))
      .map((block) => Object.fromEntries(block.split("\n").map((line) => line.split(/: ?(.*)/s, 2))))
      .map(({ id: eventId, event, data }) => ({ id: eventId, event, job: JSON.parse(data) }));
    return { status: response.status, type: response.headers.get("content-type"), events };
  }

  test("tell a batch from where it is to its end, in its own words, each state once", async () => {
    const id = await create(500);
    const { status, type, events } = await watch(id);
    expect([status, type]).toEqual([200, "text/event-stream"]);
    expect(events.every(({ event, job }) => event === "job" && job.id === id)).toBe(true);
    expect(events.at(-1)!.job).toMatchObject({ status: "completed", imported: 500 });
    expect(events.length).toBeGreaterThan(2);
    expect(new Set(events.map((event) => event.id)).size).toBe(events.length);
  });

  test("tell an ingest job in its own words", async () => {
    const conversation = {
      messages: [{ role: "user", content: "I live in Rome." }],
      user_id: "u",
      conv_id: "c",
    };
    const { body } = await send(server, "POST /v1/memories", ingest(server), conversation);
    const { events } = await watch(body.id);
    expect(events.at(-1)!.job).toMatchObject({ object: "ingest_job", status: "succeeded" });
  });

  test("resume behind Last-Event-ID, and end for good behind the last", async () => {
    const id = await create(3, "x");
    const { events } = await watch(id);
    const last = events.at(-1)!;
    expect((await watch(id, { "last-event-id": "another" })).events).toEqual([last]);
    expect((await watch(id, { "last-event-id": last.id })).status).toBe(204);
  });

  test("of a job that does not exist are 404", async () => {
    const missing = await send(
      server,
      "GET /v1/jobs/job_00000000000000000000000000000000/events",
      ingest(server),
    );
    expect([missing.status, missing.body.error.code]).toEqual([404, "job_not_found"]);
  });
});

test("a server that stops answers those who wait, and ends its streams", async () => {
  const other = await startServerOnTestDatabase({ environment: { MEMLANE_WORKER_CONCURRENCY: "1" } });
  const memories = Array.from({ length: 500 }, () => ({ content: long }));
  const ids = await Promise.all(
    Array.from(
      { length: 12 },
      async () => (await send(other, "POST /v1/batch", batch(other), { memories })).body.id,
    ),
  );
  const held = send(other, `GET /v1/batch/${ids.at(-1)}?wait=30`, batch(other));
  const stream = fetch(`${other.url}/v1/jobs/${ids.at(-1)}/events`, { headers: ingest(other) }).then((r) =>
    r.text(),
  );
  await sleep(200);
  const startedMs = performance.now();
  expect(await other.stop()).toBe(0);
  expect(performance.now() - startedMs).toBeLessThan(10_000);
  expect((await held).status).toBe(200);
  expect(await stream).toContain("event: job");
});
