// A whole server whose extractor is a model behind a stand-in endpoint.
import { startTestServer, type TestServer } from "@memlane/server/testing";
import { afterEach, expect, test } from "vitest";
import { ingest, send } from "./http.ts";
import {
  refuse,
  remember,
  startModelEndpoint,
  type AnswerModel,
  type ModelEndpoint,
} from "./model-endpoint.ts";

let server: TestServer | undefined;
let endpoint: ModelEndpoint | undefined;
afterEach(async () => {
  await Promise.all([server?.stop(), endpoint?.close()]);
});

async function start(
  answer: AnswerModel,
  environment: Readonly<Record<string, string>> = {},
): Promise<TestServer> {
  endpoint = await startModelEndpoint(answer);
  server = await startTestServer({
    environment: {
      MEMLANE_LLM_BASE_URL: endpoint.baseUrl,
      MEMLANE_LLM_MODEL: "small",
      MEMLANE_LLM_API_KEY: "sk-secret",
      ...environment,
    },
  });
  return server;
}

async function hear(to: TestServer, content: string) {
  const { body } = await send(to, "POST /v1/memories?wait=true", ingest(to), {
    messages: [{ role: "user", content }],
    user_id: "ann",
    conv_id: "c1",
  });
  return body;
}

test("the model's memories are stored, a job says who extracted them, and a fault that passes is waited out", async () => {
  const to = await start((response, _, count) => {
    if (count === 2) refuse(response, 503, "busy");
    else remember(response, [count === 1 ? "User lives in Oslo." : "User lives in Bergen.", "m1"]);
  });
  const first = await hear(to, "I live in Oslo.");
  expect(first.result.extractor).toEqual({
    name: "llm",
    model: "small",
    prompt: "extract-memories-1",
    unread_messages: 0,
    refused_claims: 0,
  });
  const second = await hear(to, "I've just moved to Bergen.");
  const [oslo] = first.result.memories_created;
  const [bergen] = second.result.memories_created;
  expect(bergen.text).toBe("User lives in Bergen.");
  expect(second.result.memories_superseded_by).toEqual({ [oslo.id]: bergen.id });
});

test("a model that refuses the key fails the job at once, with a code, and nothing secret is shown or logged", async () => {
  const to = await start((response) => refuse(response, 401, "no such key"));
  const job = await hear(to, "I live in Oslo.");
  expect(job).toMatchObject({
    status: "failed",
    result: null,
    error: {
      type: "server_error",
      code: "extraction_failed",
      message: "the model's endpoint refuses the request (401)",
    },
  });
  expect(endpoint!.received).toHaveLength(1);
  const logs = to.logs.join("\n");
  expect(logs).toContain("no such key"); // for the operator
  expect(logs).not.toMatch(/sk-secret|Oslo/);
});

test("with the fallback the rules do it, and the job says so", async () => {
  const to = await start((response) => refuse(response, 401, "no"), { MEMLANE_LLM_FALLBACK: "offline" });
  const job = await hear(to, "I live in Oslo.");
  expect(job.result.memories_created).toMatchObject([{ text: "User lives in Oslo." }]);
  expect(job.result.extractor).toEqual({
    name: "offline",
    fallback_reason: "extraction_failed: the model's endpoint refuses the request (401)",
  });
});
