// Webhooks over real HTTP, with a server process and a receiver.
import { createHmac } from "node:crypto";
import { learnedOf, learningEventCodec } from "@memlane/core/internal";
import { startTestServer, type TestServer } from "@memlane/server/testing";
import { Webhook } from "standardwebhooks";
import { afterAll, afterEach, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import * as z from "zod/mini";
import { batch, ingest, send } from "./http.ts";
import { startReceiver, type Received, type Receiver } from "./receiver.ts";
import { createTestDatabase, startServerOnTestDatabase, type ServerOnTestDatabase } from "./test-database.ts";

const environment = {
  MEMLANE_WEBHOOK_ALLOW_PRIVATE: "true",
  MEMLANE_WEBHOOK_RETRY_MS: "50",
  MEMLANE_WEBHOOK_TIMEOUT_MS: "500",
};
const other = { orgId: "other", apiKey: "the-key-of-another" };

let server: TestServer;
beforeAll(async () => {
  server = await startServerOnTestDatabase({
    environment: {
      ...environment,
      MEMLANE_BOOTSTRAP_KEYS: `org_test:key-of-the-tests,other:${other.apiKey}`,
    },
    apiKey: "key-of-the-tests",
  });
});
afterAll(() => server?.stop());

const receivers: Receiver[] = [];
const receive = async (...parameters: Parameters<typeof startReceiver>) => {
  const receiver = await startReceiver(...parameters);
  receivers.push(receiver);
  return receiver;
};
afterEach(async () => {
  await send(server, "DELETE /v1/webhooks", ingest(server));
  await Promise.all(receivers.splice(0).map((receiver) => receiver.close()));
});

const put = (body: object, query = "", to: TestServer = server) =>
  send(to, `PUT /v1/webhooks${query}`, ingest(to), body);
const learn = async (content = "I live in Rome.", to: TestServer = server) => {
  const messages = [{ role: "user", content }];
  const answer = await send(to, "POST /v1/memories?wait=true", ingest(to), {
    messages,
    user_id: crypto.randomUUID(),
    conv_id: "c1",
  });
  expect(answer.status).toBe(200);
  return answer.body;
};
const deliveries = (query = "", to: TestServer = server) =>
  send(to, `GET /v1/webhooks/deliveries${query}`, ingest(to));
const deliveryOf = async (jobId: string, to: TestServer = server) =>
  (await deliveries("", to)).body.data.find(({ job_id }: { job_id: string }) => job_id === jobId);
const settled = async (jobId: string, status: string, to: TestServer = server) => {
  await expect.poll(async () => (await deliveryOf(jobId, to))?.status).toBe(status);
  return deliveryOf(jobId, to);
};

/** Verifies both signatures like a receiver, and returns the event. */
function verify({ headers, body }: Received, secret: string) {
  const hmac = createHmac("sha256", secret).update(body).digest("hex");
  expect(headers["x-webhook-signature"]).toBe(`sha256=${hmac}`);
  const event = new Webhook(secret).verify(body, headers as Record<string, string>);
  expect(headers["x-webhook-event"]).toBe((event as { event: string }).event);
  return z.decode(learningEventCodec, event as z.input<typeof learningEventCodec>);
}

describe("the webhook of an organisation", () => {
  const url = "https://example.com/hook";

  test("is created, shown, replaced and deleted; its secret is shown complete only once", async () => {
    const missing = await send(server, "GET /v1/webhooks", ingest(server));
    expect([missing.status, missing.body.error.code]).toEqual([404, "webhook_not_found"]);
    const created = await put({ url });
    expect(created.status).toBe(200);
    expect(created.body).toMatchObject({
      object: "webhook",
      url,
      events: ["memory.learning.completed", "memory.learning.failed"],
      enabled: true,
      secret: expect.stringMatching(/^whsec_[A-Za-z0-9+/]{43}=$/),
    });

    const masked = `whsec_••••${created.body.secret.slice(-4)}`;
    const shown = await send(server, "GET /v1/webhooks", ingest(server));
    expect(shown.body).toEqual({ ...created.body, secret: masked });

    const events = ["memory.learning.failed"];
    const replaced = await put({ url, events, enabled: false });
    expect(replaced.body).toMatchObject({ events, enabled: false, secret: masked });
    expect(replaced.body.created_at).toBe(created.body.created_at);

    const rotated = await put({ url }, "?rotate_secret=true");
    expect(rotated.body.secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
    expect(rotated.body.secret).not.toBe(created.body.secret);

    for (const _ of [1, 2]) {
      expect((await send(server, "DELETE /v1/webhooks", ingest(server))).status).toBe(204);
    }
    const gone = await send(server, "GET /v1/webhooks", ingest(server));
    expect([gone.status, gone.body.error.code]).toEqual([404, "webhook_not_found"]);
  });

  test.each([
    [{}, "invalid_request", "url"],
    [{ url: 7 }, "invalid_request", "url"],
    [{ url: "" }, "invalid_webhook_url", "url"],
    [{ url: "nowhere" }, "invalid_webhook_url", "url"],
    [{ url: "ftp://example.com" }, "invalid_webhook_url", "url"],
    [{ url: "https://me:pw@example.com" }, "invalid_webhook_url", "url"],
    [{ url, events: [] }, "invalid_request", "events"],
    [{ url, events: ["memory.deleted"] }, "invalid_request", "events[0]"],
    [{ url, enabled: "yes" }, "invalid_request", "enabled"],
  ])("is refused if it is invalid: %j", async (body, code, field) => {
    const { status, body: answer } = await put(body);
    expect([status, answer.error.code]).toEqual([422, code]);
    expect(answer.error.details.errors[0].field).toBe(field);
  });

  test("gets all events if it names none", async () => {
    const { body } = await put({ url, events: null, enabled: null });
    expect([body.events, body.enabled]).toEqual([
      ["memory.learning.completed", "memory.learning.failed"],
      true,
    ]);
  });

  test("belongs to one organisation", async () => {
    await put({ url });
    expect((await send(server, "GET /v1/webhooks", ingest(other))).status).toBe(404);
    await send(server, "DELETE /v1/webhooks", ingest(other));
    expect((await send(server, "GET /v1/webhooks", ingest(server))).status).toBe(200);
  });
});

describe("a delivery", () => {
  test("reports the new memories, once, with both signatures", async () => {
    const receiver = await receive();
    const { secret } = (await put({ url: `${receiver.url}/hook?a=1` })).body;
    const job = await learn();
    const received = await receiver.nth(1);
    expect(received.path).toBe("/hook?a=1");
    const event = verify(received, secret);
    expect(JSON.parse(received.body)).toEqual({
      event: "memory.learning.completed",
      job_id: job.id,
      conv_id: "c1",
      user_id: expect.any(String),
      memories: learnedOf<{ id: string; type: string }>(job.result.memories_created).map(({ id, type }) => ({
        id,
        type,
      })),
      memories_updated: [],
      timestamp: event.timestamp.toISOString(),
    });
    expect(event.memories).toHaveLength(1);

    const delivery = await settled(job.id, "succeeded");
    expect(delivery).toMatchObject({ attempts: 1, response_status: 204, error: null, next_attempt_at: null });
    expect(delivery.id).toBe(received.headers["webhook-id"]);
    expect(receiver.received).toHaveLength(1);
  });

  test("is made even if nothing was extracted", async () => {
    const receiver = await receive();
    const { secret } = (await put({ url: receiver.url })).body;
    await learn("ok");
    expect(verify(await receiver.nth(1), secret)).toMatchObject({
      event: "memory.learning.completed",
      memories: [],
    });
  });

  test("is not made for other events, nor for a disabled webhook", async () => {
    const receiver = await receive();
    await put({ url: receiver.url, events: ["memory.learning.failed"] });
    const unasked = await learn();
    await put({ url: receiver.url, enabled: false });
    const off = await learn();
    await put({ url: receiver.url });
    const job = await learn();
    expect(JSON.parse((await receiver.nth(1)).body).job_id).toBe(job.id);
    expect([await deliveryOf(unasked.id), await deliveryOf(off.id)]).toEqual([undefined, undefined]);
  });

  test("is attempted again after a 500, a redirect and a timeout; each attempt has the same id", async () => {
    const elsewhere = await receive();
    const receiver = await receive((response, count) => {
      if (count === 1) response.writeHead(500).end();
      if (count === 2) response.writeHead(307, { location: elsewhere.url }).end();
      if (count === 4) response.writeHead(200).end();
    });
    const { secret } = (await put({ url: receiver.url })).body;
    const job = await learn();
    const last = await receiver.nth(4);
    verify(last, secret);
    expect(new Set(receiver.received.map(({ headers }) => headers["webhook-id"])).size).toBe(1);
    expect(new Set(receiver.received.map(({ body }) => body)).size).toBe(1);
    expect(await settled(job.id, "succeeded")).toMatchObject({ attempts: 4, response_status: 200 });
    expect(elsewhere.connections()).toBe(0);
  });

  test("shows in the log the last error and the time of the next attempt", async () => {
    const receiver = await receive((response) => response.writeHead(503, { "retry-after": "60" }).end());
    await put({ url: receiver.url });
    const job = await learn();
    await receiver.nth(1);
    await expect
      .poll(() => deliveryOf(job.id))
      .toMatchObject({
        status: "pending",
        attempts: 1,
        response_status: 503,
        error: "the receiver answered 503",
        next_attempt_at: expect.any(String),
      });
    const { next_attempt_at } = await deliveryOf(job.id);
    expect(Date.parse(next_attempt_at) - Date.now()).toBeGreaterThan(50_000);
  });

  test("fails at once after a 410, and a replay attempts it again", async () => {
    const receiver = await receive((response, count) => response.writeHead(count === 1 ? 410 : 200).end());
    const { secret } = (await put({ url: receiver.url })).body;
    const job = await learn();
    const given = await settled(job.id, "failed");
    expect(given).toMatchObject({ attempts: 1, response_status: 410, next_attempt_at: null });

    const replayed = await send(server, `POST /v1/webhooks/deliveries/${given.id}/replay`, ingest(server));
    expect([replayed.status, replayed.body.status]).toEqual([202, "pending"]);
    const again = await receiver.nth(2);
    verify(again, secret);
    expect(again.headers["webhook-id"]).toBe(given.id);
    expect(await settled(job.id, "succeeded")).toMatchObject({ attempts: 1, response_status: 200 });
  });

  test("fails with the reason if the webhook was deleted", async () => {
    const receiver = await receive((response) => response.writeHead(500).end());
    await put({ url: receiver.url });
    const job = await learn();
    await receiver.nth(1);
    await send(server, "DELETE /v1/webhooks", ingest(server));
    expect((await settled(job.id, "failed")).error).toBe("there is no enabled webhook");
  });

  test("is signed with the new secret after a rotation", async () => {
    const receiver = await receive();
    const { secret: old } = (await put({ url: receiver.url })).body;
    const { secret } = (await put({ url: receiver.url }, "?rotate_secret=true")).body;
    await learn();
    const received = await receiver.nth(1);
    verify(received, secret);
    expect(() => verify(received, old)).toThrow();
  });
});

describe("several webhooks", () => {
  const create = (body: object) => send(server, "POST /v1/webhooks", ingest(server), body);
  const all = async () => (await send(server, "GET /v1/webhooks/all", ingest(server))).body.data;
  const at = (method: string, id: string, body?: object, headers = ingest(server)) =>
    send(server, `${method} /v1/webhooks/${id}`, headers, body);
  const runBatch = async (content = "A note.") => {
    const { body } = await send(server, "POST /v1/batch", batch(server), {
      memories: [{ content }, { content: "" }],
    });
    return (await send(server, `GET /v1/batch/${body.id}?wait=30`, batch(server))).body;
  };
  afterEach(async () => {
    for (const { id } of await all()) await at("DELETE", id);
  });

  test("each receive the events that they ask for, signed with their own secrets", async () => {
    const [main, batches, everything] = [await receive(), await receive(), await receive()];
    const { body: first } = await put({ url: main.url });
    const { status, body: second } = await create({ url: batches.url, events: ["memory.batch.completed"] });
    const { body: third } = await create({ url: everything.url });
    expect([status, second.events]).toEqual([201, ["memory.batch.completed"]]);
    expect(third.events).toHaveLength(4);
    expect((await all()).map(({ id }: { id: string }) => id)).toEqual([first.id, second.id, third.id]);

    const { id } = await runBatch();
    const received = await batches.nth(1);
    expect(
      new Webhook(second.secret).verify(received.body, received.headers as Record<string, string>),
    ).toEqual({
      event: "memory.batch.completed",
      job_id: id,
      received: 2,
      imported: 1,
      failed: 1,
      timestamp: expect.any(String),
    });
    const job = await learn();
    verify(await main.nth(1), first.secret);
    expect((await everything.nth(2)).headers["webhook-id"]).not.toBe(main.received[0]!.headers["webhook-id"]);
    verify(everything.received[1]!, third.secret);
    expect([main.received.length, batches.received.length]).toEqual([1, 1]);
    const log = (await deliveries(`?webhook_id=${third.id}`)).body.data;
    expect(log.map(({ job_id }: { job_id: string }) => job_id)).toEqual([job.id, id]);
  });

  test("are changed and deleted one by one, and the main one is one of them", async () => {
    const url = "https://example.com/hook";
    const { body: main } = await put({ url });
    const { body: second } = await create({ url: `${url}/2`, enabled: false });
    const changed = await at("PATCH", second.id, { url: `${url}/3`, enabled: true });
    expect(changed.body).toMatchObject({ url: `${url}/3`, enabled: true, events: second.events });
    expect(changed.body.secret).toBe(`whsec_••••${second.secret.slice(-4)}`);
    const rotated = await send(
      server,
      `PATCH /v1/webhooks/${second.id}?rotate_secret=true`,
      ingest(server),
      {},
    );
    expect(rotated.body.secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
    expect((await at("GET", main.id)).body).toMatchObject({ id: main.id, url });
    expect((await put({ url: `${url}/4` })).body.id).toBe(main.id);
    expect((await at("DELETE", main.id)).status).toBe(204);
    expect((await send(server, "GET /v1/webhooks", ingest(server))).status).toBe(404);
    expect(await all()).toHaveLength(1);
  });

  test("are refused if the URL is wrong, or if there are ten already", async () => {
    const refused = await create({ url: "nowhere" });
    expect([refused.status, refused.body.error.code]).toEqual([422, "invalid_webhook_url"]);
    const { body } = await create({ url: "https://example.com/1" });
    const changed = await at("PATCH", body.id, { url: "https://me:pw@example.com" });
    expect([changed.status, changed.body.error.code]).toEqual([422, "invalid_webhook_url"]);
    for (let number = 2; number <= 10; number += 1) await create({ url: `https://example.com/${number}` });
    const eleventh = await create({ url: "https://example.com/11" });
    expect([eleventh.status, eleventh.body.error.code]).toEqual([409, "conflict"]);
  });

  test("of another organisation do not exist", async () => {
    const { body } = await create({ url: "https://example.com/hook" });
    for (const [method, path] of [
      ["GET", ""],
      ["PATCH", ""],
      ["DELETE", ""],
      ["POST", "/test"],
    ] as const) {
      const sent = method === "PATCH" ? { enabled: false } : undefined;
      const answers = [body.id, `whk_${"0".repeat(32)}`, "x"].map((id) =>
        at(method, id + path, sent, ingest(other)),
      );
      for (const answer of await Promise.all(answers))
        expect([answer.status, answer.body.error.code]).toEqual([404, "webhook_not_found"]);
    }
    expect((await send(server, "GET /v1/webhooks/all", ingest(other))).body.data).toEqual([]);
    expect(await all()).toHaveLength(1);
  });

  test("can be tested, and a test is repeated like any delivery", async () => {
    const receiver = await receive();
    const { body: webhook } = await create({ url: receiver.url, events: ["memory.learning.failed"] });
    const tested = await at("POST", `${webhook.id}/test`);
    expect([tested.status, tested.body.job_id, tested.body.webhook_id]).toEqual([202, null, webhook.id]);
    const received = await receiver.nth(1);
    const event = new Webhook(webhook.secret).verify(
      received.body,
      received.headers as Record<string, string>,
    );
    expect(event).toEqual({ event: "webhook.test", webhook_id: webhook.id, timestamp: expect.any(String) });
    expect(received.headers["x-webhook-event"]).toBe("webhook.test");
    // A replay during the attempt would change nothing.
    const status = async () => (await deliveries(`?webhook_id=${webhook.id}`)).body.data[0]?.status;
    await expect.poll(status).toBe("succeeded");
    await send(server, `POST /v1/webhooks/deliveries/${tested.body.id}/replay`, ingest(server));
    expect((await receiver.nth(2)).headers["webhook-id"]).toBe(tested.body.id);
  });
});

describe("the log of deliveries", () => {
  test("comes in pages, the newest first, filtered by status", async () => {
    const receiver = await receive((response, count) => response.writeHead(count === 2 ? 400 : 200).end());
    await put({ url: receiver.url });
    const jobs: string[] = [];
    for (const index of [1, 2, 3]) {
      jobs.unshift((await learn()).id);
      await receiver.nth(index);
    }
    await settled(jobs[1]!, "failed");

    const first = await deliveries("?limit=2");
    expect(first.body).toMatchObject({ object: "list", has_more: true });
    const second = await deliveries(`?limit=2&cursor=${first.body.next_cursor}`);
    const listed = [...first.body.data, ...second.body.data].map(({ job_id }) => job_id);
    expect(listed.slice(0, 3)).toEqual(jobs);

    const failed = await deliveries("?status=failed&limit=1");
    expect(failed.body.data).toMatchObject([{ job_id: jobs[1], status: "failed" }]);
    const narrowed = await deliveries(`?status=failed&cursor=${first.body.next_cursor}`);
    const isFailed = ({ status }: { status: string }) => status === "failed";
    expect([narrowed.status, narrowed.body.data.every(isFailed)]).toEqual([200, true]);
    expect((await deliveries("?status=lost")).status).toBe(422);
  });

  test("is not visible to other organisations, for which its deliveries do not exist", async () => {
    const receiver = await receive();
    await put({ url: receiver.url });
    const { id } = await settled((await learn()).id, "succeeded");
    expect((await send(server, "GET /v1/webhooks/deliveries", ingest(other))).body.data).toEqual([]);
    const replay = (name: string) =>
      send(server, `POST /v1/webhooks/deliveries/${name}/replay`, ingest(other));
    const [theirs, none, unreadable] = await Promise.all([id, `whd_${"0".repeat(32)}`, "x"].map(replay));
    for (const answer of [theirs!, none!, unreadable!]) {
      expect([answer.status, answer.body.error.code]).toEqual([404, "not_found"]);
      expect(answer.body.error.message).toBe(none!.body.error.message);
    }
    expect(receiver.received).toHaveLength(1);
  });
});

test("after a server is killed between the end of a job and its delivery, the next one delivers, once", async () => {
  const DATABASE_URL = await createTestDatabase();
  let isReady = false;
  const receiver = await receive((response) => isReady && response.writeHead(200).end());
  const first = await startTestServer({ environment: { ...environment, DATABASE_URL } });
  const { secret } = (await put({ url: receiver.url }, "", first)).body;
  const jobs = await Promise.all(Array.from({ length: 12 }, () => learn("I live in Oslo.", first)));
  await first.kill(); // some attempts are in progress, the others have not started
  await expect.poll(() => receiver.openConnections()).toBe(0); // and nothing of the first server is unread

  isReady = true;
  const before = receiver.received.length;
  const second = await startTestServer({
    environment: { ...environment, DATABASE_URL, MEMLANE_WEBHOOK_TIMEOUT_MS: "10000" },
    apiKey: first.apiKey,
  });
  onTestFinished(async () => void (await second.stop()));
  for (const { id } of jobs) await settled(id, "succeeded", second);
  const jobIds = receiver.received.slice(before).map((received) => verify(received, secret).job_id);
  expect(jobIds).toHaveLength(12);
  expect(new Set(jobIds).size).toBe(12);
}, 60_000);

test("a server that is stopped during a delivery puts it back, and the next server makes it at once", async () => {
  const DATABASE_URL = await createTestDatabase();
  const patient = { ...environment, DATABASE_URL, MEMLANE_WEBHOOK_TIMEOUT_MS: "600000" };
  const receiver = await receive((response, count) => count > 1 && response.writeHead(200).end());
  const first = await startTestServer({ environment: patient });
  await put({ url: receiver.url }, "", first);
  const job = await learn("I live in Oslo.", first);
  await receiver.nth(1);
  expect(await first.stop()).toBe(0);

  const second = await startTestServer({ environment: patient, apiKey: first.apiKey });
  onTestFinished(async () => void (await second.stop()));
  expect(await settled(job.id, "succeeded", second)).toMatchObject({ attempts: 1 });
}, 60_000);

test("a receiver that does not answer delays no other organisation", async () => {
  const hanging = await receive(() => {});
  const receiver = await receive();
  await put({ url: hanging.url });
  await send(server, "PUT /v1/webhooks", ingest(other), { url: receiver.url });
  await Promise.all(Array.from({ length: 40 }, () => learn()));
  await hanging.nth(4); // and 36 are queued before the other organisation's
  const startedMs = performance.now();
  await learn("I live in Lima.", { ...server, ...other });
  await receiver.nth(1);
  expect(performance.now() - startedMs).toBeLessThan(2000);
  await send(server, "DELETE /v1/webhooks", ingest(other));
});

describe("by default", () => {
  let strict: ServerOnTestDatabase;
  beforeAll(async () => {
    strict = await startServerOnTestDatabase({ environment: { MEMLANE_WEBHOOK_RETRY_MS: "50" } });
  });
  afterAll(() => strict?.stop());

  test.each([
    "http://example.com/",
    "https://127.0.0.1/",
    "https://localhost/",
    "https://2130706433/",
    "https://10.1.2.3/",
    "https://169.254.169.254/latest/meta-data/",
    "https://100.64.0.1/",
    "https://[::1]/",
    "https://[::ffff:127.0.0.1]/",
    "https://[fd00::1]/",
  ])("a webhook cannot be at %s", async (url) => {
    expect((await put({ url }, "", strict)).status).toBe(422);
  });

  test("a URL that was allowed when it was stored is not connected to", async () => {
    const receiver = await receive();
    expect((await put({ url: "https://example.com/" }, "", strict)).status).toBe(200);
    const url = `https://localhost:${receiver.port}/`;
    await strict.database.query("update memlane.webhook set url = $1", [url]);
    const job = await learn("I live in Bern.", strict);
    await expect
      .poll(() => deliveryOf(job.id, strict))
      .toMatchObject({
        response_status: null,
        error: expect.stringContaining("must not be a private address"),
      });
    expect(receiver.connections()).toBe(0);
  });
});
