// A complete server whose extractor is a model on a fake endpoint.
import { learnedOf } from "@memlane/core/internal";
import { setTimeout as sleep } from "node:timers/promises";
import type { TestServer } from "@memlane/server/testing";
import { afterEach, describe, expect, test } from "vitest";
import { ingest, send, waitWhile } from "./http.ts";
import {
  refuse,
  remember,
  startModelEndpoint,
  type AnswerModel,
  type ModelEndpoint,
} from "./model-endpoint.ts";
import { startServerOnTestDatabase, type ServerOnTestDatabase } from "./test-database.ts";

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
  server = await startServerOnTestDatabase({
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

test("the model's memories are stored, the job names the extractor, and a temporary failure is retried", async () => {
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
    prompt_tokens: 10,
    completion_tokens: 5,
  });
  const second = await hear(to, "I've just moved to Bergen.");
  const [oslo] = first.result.memories_created;
  const [bergen] = second.result.memories_created;
  expect(bergen.text).toBe("User lives in Bergen.");
  expect(second.result.memories_superseded_by).toEqual({ [oslo.id]: bergen.id });
});

test("a model that refuses the key fails the job at once with a code; no secret is shown or logged", async () => {
  const to = await start((response) => refuse(response, 401, "no such key"));
  const job = await hear(to, "I live in Oslo.");
  expect(job).toMatchObject({
    status: "failed",
    result: null,
    error: {
      type: "server_error",
      code: "ingest_failed",
      reason: "extraction_failed",
      message: "the model's endpoint refuses the request (401): no such key",
    },
  });
  expect(endpoint!.received).toHaveLength(1);
  const logs = to.logs.join("\n");
  expect(logs).toContain("no such key"); // for the operator
  expect(logs).not.toMatch(/sk-secret|Oslo/);
});

test("with the fallback the rules read the conversation, and the job says so", async () => {
  const to = await start((response) => refuse(response, 401, "no"), { MEMLANE_LLM_FALLBACK: "offline" });
  const job = await hear(to, "I live in Oslo.");
  expect(learnedOf(job.result.memories_created)).toMatchObject([{ text: "User lives in Oslo." }]);
  expect(job.result.extractor).toEqual({
    name: "offline",
    fallback_reason: "extraction_failed: the model's endpoint refuses the request (401): no",
  });
});

describe("a model with Retry-After", () => {
  /** A server on a database to query, and a job that waits for its model. */
  async function startWaiting(answer: AnswerModel) {
    endpoint = await startModelEndpoint(answer);
    const to = await startServerOnTestDatabase({
      environment: { MEMLANE_LLM_BASE_URL: endpoint.baseUrl, MEMLANE_LLM_MODEL: "small" },
    });
    server = to;
    const messages = [{ role: "user", content: "I live in Oslo." }];
    const conversation = { messages, user_id: "ann", conv_id: "c1" };
    const { body } = await send(to, "POST /v1/memories", ingest(to), conversation);
    return { to, id: body.id as string };
  }

  /** Waits until the job has had this many attempts and is queued again. Returns the rest of its delay. */
  async function untilBack({ database }: ServerOnTestDatabase, attempts: number): Promise<number> {
    for (;;) {
      const [row] = await database.query<{ seconds: number }>(
        `select extract(epoch from due_at - now())::float8 as seconds from memlane.job
         where attempts = $1 and lease_id is null and state in ('queued', 'active')`,
        [attempts],
      );
      if (row !== undefined) return row.seconds;
      await sleep(20);
    }
  }
  const letTimePass = ({ database }: ServerOnTestDatabase) =>
    database.query("update memlane.job set due_at = now() where lease_id is null");
  const read = (to: TestServer, id: string) => () => send(to, `GET /v1/memories/jobs/${id}`, ingest(to));

  test("is requested again after that time, in another attempt, and the statements are stored once", async () => {
    const { to, id } = await startWaiting((response, _, count) => {
      if (count === 1) refuse(response, 429, "slow down", { "retry-after": "120" });
      else remember(response, ["User lives in Oslo.", "m1"]);
    });
    const seconds = await untilBack(to, 1);
    expect(seconds).toBeGreaterThan(60);
    expect(seconds).toBeLessThanOrEqual(120);
    expect(endpoint!.received).toHaveLength(1);
    await letTimePass(to);
    const job = await waitWhile(read(to, id), "pending", "running");
    expect(learnedOf(job.result.memories_created)).toMatchObject([{ text: "User lives in Oslo." }]);
    expect(job.result.messages).toMatchObject([{ index: 0, outcome: "stored" }]);
    expect(endpoint!.received).toHaveLength(2);
  });

  test("but never answers fails the job with a code, and a retry of it succeeds later", async () => {
    let isBusy = true;
    const { to, id } = await startWaiting((response) => {
      if (isBusy) refuse(response, 429, "slow down", { "retry-after": "120" });
      else remember(response, ["User lives in Oslo.", "m1"]);
    });
    for (const attempt of [1, 2, 3, 4]) {
      expect(await untilBack(to, attempt)).toBeGreaterThan(60);
      await letTimePass(to);
    }
    const job = await waitWhile(read(to, id), "pending", "running");
    expect(job).toMatchObject({
      status: "failed",
      result: null,
      error: { type: "server_error", code: "ingest_failed", reason: "extractor_unavailable" },
    });
    expect(endpoint!.received).toHaveLength(5);
    isBusy = false;
    const { status, body: again } = await send(to, `POST /v1/jobs/${id}/retry`, ingest(to));
    expect(status).toBe(202);
    const done = await waitWhile(read(to, again.id), "pending", "running");
    expect(learnedOf(done.result.memories_created)).toMatchObject([{ text: "User lives in Oslo." }]);
  }, 30_000);
});
