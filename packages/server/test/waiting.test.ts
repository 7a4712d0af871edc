// Every way to wait for a job, against the real server.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { blockWorkers } from "./block-workers.ts";
import { batch, ingest, send, waitWhile } from "./http.ts";
import { startServerOnTestDatabase, type ServerOnTestDatabase } from "./test-database.ts";

let server: ServerOnTestDatabase;
beforeAll(async () => {
  server = await startServerOnTestDatabase({ environment: { MEMLANE_WORKER_CONCURRENCY: "1" } });
});
afterAll(() => server?.stop());

const create = async (count = 1, content = "x", on = server) => {
  const memories = Array.from({ length: count }, () => ({ content }));
  const { body } = await send(on, "POST /v1/batch", batch(on), { memories });
  return String(body.id);
};
const get = (id: string, headers: Record<string, string> = {}, query = "", from = server) =>
  send(from, `GET /v1/batch/${id}${query}`, { ...batch(from), ...headers });

/** A batch that the worker has started, and does not finish until `release` is called. */
async function createBlocked(on = server) {
  const release = await blockWorkers(on.database);
  const id = await create(1, "x", on);
  await waitWhile(() => get(id, {}, "", on), "pending");
  return { id, release };
}

describe("an unfinished job", () => {
  test("has Retry-After, and an ended one does not", async () => {
    const { id, release } = await createBlocked();
    expect((await get(id)).headers.get("retry-after")).toMatch(/^\d+$/);
    await release();
    const ended = await get(id, {}, "?wait=30");
    expect([ended.body.status, ended.headers.get("retry-after")]).toEqual(["completed", null]);
  });

  test.each([
    ["?wait=30", {}],
    ["?wait=true", {}],
    ["?wait=Yes", {}],
    ["", { prefer: "wait=30" }],
    ["", { prefer: "respond-async, wait=30" }],
  ])("is answered when it ends: %s %j", async (query, headers) => {
    const { id, release } = await createBlocked();
    const answers = [get(id, headers, query), get(id)];
    expect((await Promise.race(answers)).body.status).toBe("processing"); // the request without a wait
    await release();
    const polled = await answers[0]!;
    expect(polled.body).toMatchObject({ status: "completed", imported: 1 });
    expect(polled.headers.get("preference-applied")).toBe(query === "" ? "wait=30" : null);
  });

  test("is answered in its current state when the wait is over", async () => {
    const { id, release } = await createBlocked();
    const startedMs = performance.now();
    const polled = await get(id, {}, "?wait=1");
    expect(performance.now() - startedMs).toBeGreaterThan(900);
    expect([polled.status, polled.body.status]).toEqual([200, "processing"]);
    await release();
  });

  test("an invalid wait is refused", async () => {
    const answer = await get(await create(1, "x"), {}, "?wait=soon");
    expect([answer.status, answer.body.code]).toEqual([422, "invalid_request"]);
  });
});

// Long enough that its steps are separate readings.
const long = "lorem ipsum dolor sit amet ".repeat(100);

describe("an entity tag", () => {
  test("saves the body of a job that did not change", async () => {
    const id = await create(1, "x");
    const { headers } = await get(id, {}, "?wait=30");
    const again = await get(id, { "if-none-match": headers.get("etag")! });
    expect([again.status, again.body, again.headers.get("etag")]).toEqual([304, "", headers.get("etag")]);
    expect((await get(id, { "if-none-match": '"other"' })).status).toBe(200);
  });

  test("with a wait gets an answer after each change, up to the end", async () => {
    const id = await create(500, long);
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
  /** The events of a stream until it ends: their ids and jobs. */
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

  test("contain a batch from its current state to its end, in its own format, each state once", async () => {
    const id = await create(500, long);
    const { status, type, events } = await watch(id);
    expect([status, type]).toEqual([200, "text/event-stream"]);
    expect(events.every(({ event, job }) => event === "job" && job.id === id)).toBe(true);
    expect(events.at(-1)!.job).toMatchObject({ status: "completed", imported: 500 });
    expect(events.length).toBeGreaterThan(2);
    expect(new Set(events.map((event) => event.id)).size).toBe(events.length);
  });

  test("contain an ingest job in its own format", async () => {
    const conversation = {
      messages: [{ role: "user", content: "I live in Rome." }],
      user_id: "u",
      conv_id: "c",
    };
    const { body } = await send(server, "POST /v1/memories", ingest(server), conversation);
    const { events } = await watch(body.id);
    expect(events.at(-1)!.job).toMatchObject({ object: "ingest_job", status: "succeeded" });
  });

  test("resume after Last-Event-ID, and end permanently after the last", async () => {
    const id = await create(3, "x");
    const { events } = await watch(id);
    const last = events.at(-1)!;
    expect((await watch(id, { "last-event-id": "another" })).events).toEqual([last]);
    expect((await watch(id, { "last-event-id": last.id })).status).toBe(204);
  });

  test("of an unknown job are 404", async () => {
    const missing = await send(
      server,
      "GET /v1/jobs/job_00000000000000000000000000000000/events",
      ingest(server),
    );
    expect([missing.status, missing.body.error.code]).toEqual([404, "job_not_found"]);
  });
});

test("a server that stops answers its long-polls, and ends its streams", async () => {
  const other = await startServerOnTestDatabase();
  const { id, release } = await createBlocked(other);
  const polled = get(id, {}, "?wait=30", other);
  const stream = await fetch(`${other.url}/v1/jobs/${id}/events`, { headers: ingest(other) });
  const stopping = other.stop();
  expect(await stream.text()).toContain("event: job");
  expect((await polled).body.status).toBe("processing");
  await release();
  expect(await stopping).toBe(0);
});
