// No log line, at any level, contains a word of a message, a memory or its metadata.
import { afterAll, beforeAll, expect, test } from "vitest";
import { batch, ingest, send } from "./http.ts";
import { complete, refuse, remember, startModelEndpoint, type ModelEndpoint } from "./model-endpoint.ts";
import { startReceiver } from "./receiver.ts";
import { startServerOnTestDatabase, type ServerOnTestDatabase } from "./test-database.ts";

const word = "Zanzibar";
const fault = { status: 400 };
let endpoint: ModelEndpoint;
let server: ServerOnTestDatabase;
beforeAll(async () => {
  // The endpoint answers the first two conversations. It refuses later ones with a quotation, or
  // answers without JSON.
  endpoint = await startModelEndpoint((response, { messages }, count) => {
    const said = messages.map(({ content }) => content).join("\n");
    if (count === 1) remember(response, [`User lives in ${word}.`, "m1"]);
    else if (count === 2) remember(response, [`User likes ${word} tea.`, "m1"]);
    else if (count % 2 === 0) refuse(response, fault.status, `cannot read: ${said}`);
    else complete(response, `not JSON: ${said}`);
  });
  server = await startServerOnTestDatabase({
    environment: {
      MEMLANE_LOG_LEVEL: "trace",
      MEMLANE_JOB_ATTEMPTS: "1",
      MEMLANE_WEBHOOK_ALLOW_PRIVATE: "true",
      MEMLANE_LLM_BASE_URL: endpoint.baseUrl,
      MEMLANE_LLM_MODEL: "small",
      MEMLANE_LLM_API_KEY: "key",
    },
  });
}, 60_000);
afterAll(() => Promise.all([server?.stop(), endpoint?.close()]));

test("in whatever is sent, remembered, searched, refused, retried or deleted", async () => {
  const receiver = await startReceiver((response) => response.writeHead(500).end(`no ${word}`));
  const asIngest = (route: string, body?: unknown) => send(server, route, ingest(server), body);
  const asBatch = (route: string, body?: unknown) => send(server, route, batch(server), body);
  expect((await asIngest("PUT /v1/webhooks", { url: receiver.url })).status).toBe(200);
  const hear = (content: string) =>
    asIngest("POST /v1/memories?wait=true", {
      messages: [{ role: "user", content, dia_id: `${word}-1` }],
      user_id: `${word}-user`,
      conv_id: `${word}-conversation`,
    });

  const answers = [await hear(`I live in ${word}.`), await hear(`I like ${word} tea.`)];
  for (let index = 0; index < 4; index += 1) {
    fault.status = index < 2 ? 400 : 422;
    answers.push(await hear(`My ${word} number is ${index}.`));
  }
  expect(answers.map(({ body }) => body.status)).toContain("succeeded");
  expect(answers.map(({ body }) => body.status)).toContain("failed");
  for (const { body } of answers) await asIngest(`POST /v1/jobs/${body.id}/retry`);
  const metadata = { id: word, note: `${word} ${"x".repeat(9000)}` };
  await asBatch("POST /v1/batch?wait=true", {
    memories: [{ content: word }, { content: "", metadata: { id: word } }],
  });
  await asBatch("POST /v1/memories", { content: `${word} as it is`, metadata: { note: word } });
  const refused = await asBatch("POST /v1/memories", { content: word, metadata });
  expect(refused.status).toBe(422);
  await asBatch("POST /v1/memories", `{"content": "${word}`);
  await asIngest("POST /v1/memories", { messages: [{ role: word, content: `\0${word}` }] });
  await asIngest("POST /v1/memories/search", { query: word, user_id: `${word}-user` });
  await asBatch("POST /v1/memories/search", { query: word, metadata: { note: word } });
  const { body: page } = await asIngest("GET /v1/memories?limit=500");
  expect(page.data.length).toBeGreaterThan(2);
  for (const { id } of page.data) await asIngest(`DELETE /v1/memories/${id}`);
  await expect.poll(() => receiver.received.length, { timeout: 20_000 }).toBeGreaterThan(0);
  await receiver.close();

  expect(server.logs.some((line) => line.includes("decided on a statement"))).toBe(true);
  expect(server.logs.some((line) => line.includes("job failed"))).toBe(true);
  expect(server.logs.filter((line) => line.includes(word))).toEqual([]);
}, 60_000);
