// What an unknown caller or a revoked key can cause, against a real API process.
import { readFile } from "node:fs/promises";
import { connect } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { trackOpenAnswers } from "../src/http/open-answers.ts";
import { createKey } from "../src/keys/create-key.ts";
import { findApiKeyById, revokeApiKey } from "../src/store/api-keys.ts";
import { batch, ingest, send } from "./http.ts";
import { startServerOnTestDatabase, type ServerOnTestDatabase } from "./test-database.ts";

let server: ServerOnTestDatabase;
beforeAll(async () => {
  // Without a worker no job ends, so answers stay open.
  server = await startServerOnTestDatabase({
    command: "api",
    environment: { MEMLANE_METRICS_PORT: "0" },
  });
}, 30_000);
afterAll(() => server?.stop());

const mebibyte = 2 ** 20;

/** Sends the head of a request and this many MiB of a 32 MiB body, and nothing more. */
async function sendHalf(path: string, headers: Record<string, string>, mebibytes: number) {
  const socket = connect(Number(new URL(server.url).port), "127.0.0.1");
  socket.on("error", () => {}); // the server closes it while it sends
  const closed = new Promise((resolve) => socket.once("close", resolve));
  let answer = "";
  socket.on("data", (data: Buffer) => (answer += data.toString()));
  const lines = Object.entries({ host: "x", "content-length": `${32 * mebibyte}`, ...headers });
  socket.write(`POST ${path} HTTP/1.1\r\n${lines.map((line) => `${line.join(": ")}\r\n`).join("")}\r\n`);
  const piece = Buffer.alloc(mebibyte, "[");
  for (let sent = 0; sent < mebibytes && !socket.destroyed; sent += 1)
    if (!socket.write(piece))
      await Promise.race([new Promise((resolve) => socket.once("drain", resolve)), closed]);
  await closed;
  return answer;
}

const memoryMiB = async () => {
  const status = await readFile(`/proc/${server.pid}/status`, "utf8");
  return Number(/VmRSS:\s+(\d+)/.exec(status)![1]) / 1024;
};

describe("an unknown caller", () => {
  test.each([
    ["POST /v1/memories", {}, 401],
    ["POST /v1/memories", { authorization: "Bearer nobody-knows-this-key" }, 401],
    ["POST /v1/memories/search", { "x-api-key": "nobody-knows-this-key", "x-org-id": "acme" }, 401],
    ["POST /v1/batch", {}, 401],
    ["PUT /v1/nothing", {}, 404],
  ])(
    "is answered on %s before the body has arrived, and then disconnected",
    async (route, headers, status) => {
      const answer = await sendHalf(route.split(" ")[1]!, headers, 4);
      expect(answer).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    },
  );

  test("is answered in the dialect that the start of the body shows", async () => {
    const padding = " ".repeat(100_000);
    const messages = await send(server, "POST /v1/memories", {}, `{"messages": []${padding}`);
    expect([messages.status, messages.body.error?.code]).toEqual([401, "unauthorized"]);
    const content = await send(server, "POST /v1/memories", {}, `{"content": "x"${padding}`);
    expect([content.status, content.body.code]).toEqual([401, "invalid_key"]);
  });

  test.runIf(process.platform === "linux")("cannot use up the memory", async () => {
    const before = await memoryMiB();
    await Promise.all(Array.from({ length: 12 }, () => sendHalf("/v1/memories", {}, 20)));
    expect((await memoryMiB()) - before).toBeLessThan(200);
  });
});

test("a body of brackets with a valid key is refused before parsing, and delays no other request", async () => {
  const body = `{"memories":${"[".repeat(30 * mebibyte)}`;
  const refused = await send(server, "POST /v1/batch", batch(server), body);
  expect([refused.status, refused.body.code]).toEqual([422, "invalid_request"]);
  expect(refused.body.message).toMatch(/100 levels/);
});

test("the largest body that the API allows is accepted, in any script", async () => {
  const memories = Array.from({ length: 500 }, () => ({ content: "日".repeat(16_000) }));
  expect((await send(server, "POST /v1/batch", batch(server), { memories })).status).toBe(202);
}, 20_000);

test("an organisation with too many bytes in progress gets 429 with any of its keys, and another does not", async () => {
  const [second, other] = await Promise.all(
    [server.orgId, "another"].map((orgId) =>
      createKey(server.database, orgId, "other", ["memories:read", "memories:write"]),
    ),
  );
  const memories = Array.from({ length: 500 }, () => ({ content: "x".repeat(16_000) }));
  const silent = connect(Number(new URL(server.url).port), "127.0.0.1");
  silent.on("error", () => {});
  const head = { host: "x", ...batch(server), "content-length": `${31 * mebibyte}` };
  const lines = Object.entries(head).map((line) => line.join(": "));
  silent.write(`POST /v1/batch HTTP/1.1\r\n${lines.join("\r\n")}\r\n\r\n`);
  await new Promise((resolve) => silent.write(Buffer.alloc(31 * mebibyte - 1, " "), resolve));
  const post = (apiKey: string) =>
    send(server, "POST /v1/batch", batch({ apiKey }), { memories: [...memories, ...memories] });
  const refused = await post(second!.key);
  expect([refused.status, refused.body.code, refused.headers.get("retry-after")]).toEqual([
    429,
    "rate_limit_exceeded",
    "1",
  ]);
  expect((await post(other!.key)).status).toBe(422); // 1,000 items: the body was read
  silent.destroy();
  await expect.poll(async () => (await post(server.apiKey)).status, { timeout: 8000 }).toBe(422);
}, 20_000);

describe("a revoked key", () => {
  /** A key, a job that it created and the job's token. */
  async function makeJob() {
    const { id: keyId, key } = await createKey(server.database, server.orgId, "brief", [
      "memories:read",
      "memories:write",
    ]);
    const who = batch({ apiKey: key });
    const { body } = await send(server, "POST /v1/batch?token=true", who, { memories: [{ content: "x" }] });
    return { keyId, who, id: String(body.id), pages: batch({ apiKey: body.token }) };
  }

  test("ends the event streams and long-polls of the key and of its tokens", async () => {
    const { keyId, who, id, pages } = await makeJob();
    const still = await makeJob();
    const other = send(server, `GET /v1/batch/${still.id}?wait=3`, still.who);
    const open = [
      send(server, `GET /v1/jobs/${id}/events`, who),
      send(server, `GET /v1/jobs/${id}/events`, pages),
      send(server, `GET /v1/batch/${id}?wait=30`, who),
      send(server, `GET /v1/batch/${id}`, { ...pages, prefer: "wait=30" }),
    ];
    await sleep(300); // until they are open; later ones are refused anyway
    const startedMs = performance.now();
    await revokeApiKey(server.database, keyId);
    const answers = await Promise.all(open);
    expect(performance.now() - startedMs).toBeLessThan(3000);
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 401, 401]);
    expect((await other).status).toBe(200); // another key's continues
  });

  test("ends them even if the notification is lost", async () => {
    const { keyId } = await makeJob();
    const deaf = { ...server.database, listen: async () => () => {} };
    const find = (id: string) => findApiKeyById(server.database, id);
    const openAnswers = await trackOpenAnswers(deaf, find, { lookMs: 20 });
    const answer = openAnswers(keyId, "account");
    await sleep(60);
    expect(answer.revoked.aborted).toBe(false);
    await revokeApiKey(server.database, keyId);
    await expect.poll(() => answer.revoked.aborted).toBe(true);
    answer.close();
  });
});

test("an organisation has a limited number of open answers, until one is closed", async () => {
  const deaf = { ...server.database, listen: async () => () => {} };
  const openAnswers = await trackOpenAnswers(deaf, async () => undefined, { mostPerAccount: 2 });
  const [first, second] = [openAnswers("key", "a"), openAnswers("key", "a")];
  const refusal = expect.objectContaining({ code: "rate_limit_exceeded" });
  expect(() => openAnswers("key", "a")).toThrow(refusal);
  const other = openAnswers("key", "b");
  first.close();
  first.close(); // closing twice counts once
  const third = openAnswers("key", "a");
  expect(() => openAnswers("key", "a")).toThrow(refusal);
  for (const answer of [second, other, third]) answer.close();
});

test("the OpenAPI document is not sent again to a client that has it already", async () => {
  const first = await send(server, "GET /openapi.json");
  const etag = first.headers.get("etag")!;
  expect(first.body.openapi).toMatch(/^3\.1/);
  const again = await send(server, "GET /openapi.json", { "if-none-match": etag });
  expect([again.status, again.body]).toEqual([304, ""]);
});

test("the metrics port accepts a limited number of connections", async () => {
  const listening = server.logs.find((line) => line.includes('"listening"'))!;
  const port = Number(new URL(JSON.parse(listening).metrics).port);
  let closed = 0;
  const sockets = Array.from({ length: 80 }, () =>
    connect(port, "127.0.0.1")
      .on("error", () => {})
      .on("close", () => (closed += 1))
      .resume(),
  );
  await expect.poll(() => closed).toBe(30);
  expect((await send(server, "GET /healthz")).status).toBe(200);
  sockets.forEach((socket) => socket.destroy());
});

// The last test, because afterwards this address is over the limit.
test("an address that guesses keys gets 429 in its dialect, while valid keys work", async () => {
  const guess = (index: number) =>
    send(server, "GET /v1/batch/x", { authorization: `Bearer guess-${index}-of-a-key` });
  const statuses = (await Promise.all(Array.from({ length: 150 }, (_, index) => guess(index)))).map(
    ({ status }) => status,
  );
  expect(statuses.filter((status) => status === 401).length).toBeLessThanOrEqual(100);
  expect(new Set(statuses)).toEqual(new Set([401, 429]));

  const refused = await guess(1000);
  expect([refused.status, refused.body.code]).toEqual([429, "rate_limit_exceeded"]);
  expect(Number(refused.headers.get("retry-after"))).toBeLessThanOrEqual(60);
  const inIngest = await send(server, "GET /v1/jobs", ingest({ apiKey: "another-wrong-key", orgId: "x" }));
  expect([inIngest.status, inIngest.body.error.code]).toEqual([429, "rate_limit_exceeded"]);
  expect((await send(server, "GET /v1/jobs", ingest(server))).status).toBe(200);
});
