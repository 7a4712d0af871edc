// Common complaints about clients of such APIs, tested against an HTTP server that sends only the vendors' fields.
import { isJobTimeout, type MemlaneError } from "@memlane/core";
import { describe, expect, it } from "vitest";
import { MemoryClient } from "../src/index.ts";
import { sendJson, startHttpServer, type Handler } from "./http-server.ts";

const id = "job_8f2c1aab4d7e4f0c9a1b2c3d4e5f6a7b";
const conversation = { messages: [{ role: "user", content: "Hi!" }], user_id: "ann", conv_id: "c1" };

/** How each dialect prints a job, and the calls that create a job and wait for it. */
const dialects = [
  {
    dialect: "ingest",
    job: (status: string) => ({ id, status, created_at: "2026-01-01T00:00:00Z" }),
    words: { active: "running", done: "succeeded" },
    jobsOf: (client: MemoryClient) => client.memories.jobs,
    create: (client: MemoryClient) => client.memories.ingest(conversation),
    createAndWait: (client: MemoryClient) => client.memories.ingestAndWait(conversation),
  },
  {
    dialect: "batch",
    job: (status: string) => ({ id, status, received: 1, imported: 0, failed: 0 }),
    words: { active: "processing", done: "completed" },
    jobsOf: (client: MemoryClient) => client.batch,
    create: (client: MemoryClient) => client.batch.create([{ content: "Likes tea." }]),
    createAndWait: (client: MemoryClient) => client.batch.createAndWait([{ content: "Likes tea." }]),
  },
] as const;

async function connect(handle: Handler) {
  const server = await startHttpServer(handle);
  const client = new MemoryClient({ apiKey: "key", orgId: "org", baseUrl: server.baseUrl });
  return { ...server, client };
}

/** The error that a promise rejects with, and the time until then, in milliseconds. */
async function failure(promise: Promise<unknown>): Promise<{ error: MemlaneError; tookMs: number }> {
  const startMs = performance.now();
  const error = await promise.then(
    () => Promise.reject(new Error("expected a rejection")),
    (reason: MemlaneError) => reason,
  );
  return { error, tookMs: performance.now() - startMs };
}

describe.each(dialects)("$dialect", ({ job, words, jobsOf, create, createAndWait }) => {
  it("pollUntilDone times out with the id of the job and its last known state", async () => {
    const { client } = await connect((response) => sendJson(response, 200, job(words.active)));
    const { error, tookMs } = await failure(jobsOf(client).pollUntilDone(id, { timeoutMs: 700 }));
    expect(isJobTimeout(error) && [error.jobId, error.lastJob?.status]).toEqual([id, words.active]);
    expect(tookMs).toBeLessThan(1500);
  });

  it("the last request does not outlive the timeout", async () => {
    const { client } = await connect((response, _, number) => {
      if (number === 0) sendJson(response, 200, job(words.active)); // later requests get no answer
    });
    const { error, tookMs } = await failure(jobsOf(client).pollUntilDone(id, { timeoutMs: 700 }));
    expect(isJobTimeout(error)).toBe(true);
    expect(tookMs).toBeLessThan(1500);
  });

  it("an answer with an endless body does not outlive the timeout", async () => {
    const { client } = await connect((response) => {
      response.writeHead(200, { "content-type": "application/json" }).write('{"id":');
    });
    const { error, tookMs } = await failure(jobsOf(client).pollUntilDone(id, { timeoutMs: 500 }));
    expect(isJobTimeout(error)).toBe(true);
    expect(tookMs).toBeLessThan(1500);
  });

  it("an unknown status does not cause a hot loop", async () => {
    const { client, seen } = await connect((response) => sendJson(response, 200, job("napping")));
    const { error } = await failure(jobsOf(client).pollUntilDone(id, { timeoutMs: 800 }));
    expect(error.message).toContain("napping");
    expect(seen.length).toBeLessThan(6);
  });

  it("polling waits as long as Retry-After says", async () => {
    const { client, seen } = await connect((response, _, number) =>
      number === 0
        ? sendJson(response, 200, job(words.active), { "retry-after": "1" })
        : sendJson(response, 200, job(words.done)),
    );
    const startMs = performance.now();
    await jobsOf(client).pollUntilDone(id);
    expect(performance.now() - startMs).toBeGreaterThanOrEqual(990);
    expect(seen).toHaveLength(2);
  });

  it("an abort ends the wait before the next request", async () => {
    const controller = new AbortController();
    const { client } = await connect((response) => {
      sendJson(response, 200, job(words.active), { "retry-after": "60" });
      setTimeout(() => controller.abort(), 100);
    });
    const { error, tookMs } = await failure(jobsOf(client).pollUntilDone(id, { signal: controller.signal }));
    expect(error).toMatchObject({ code: "aborted", jobId: id, lastJob: { status: words.active } });
    expect(tookMs).toBeLessThan(1500);
  });

  it("a redirect ends polling at once, and its target is named", async () => {
    const { client, seen } = await connect((response) => {
      response.writeHead(301, { location: "https://memory.test/" }).end();
    });
    const { error } = await failure(jobsOf(client).pollUntilDone(id));
    expect(error).toMatchObject({ code: "redirected", retryable: false });
    expect(error.message).toContain("https://memory.test/");
    expect(seen).toHaveLength(1);
  });

  it("an abort ends a request", async () => {
    const controller = new AbortController();
    const { client } = await connect(() => controller.abort());
    const { error, tookMs } = await failure(jobsOf(client).pollUntilDone(id, { signal: controller.signal }));
    expect(error).toMatchObject({ code: "aborted", jobId: id });
    expect(tookMs).toBeLessThan(1500);
  });

  it("create returns the job's id unchanged, and polling uses it", async () => {
    const { client, seen } = await connect((response, { method }) =>
      sendJson(response, method === "POST" ? 202 : 200, {
        ...job(method === "POST" ? words.active : words.done),
        event_id: "evt_1",
        request_id: "req_1",
        batch_id: "batch_1",
      }),
    );
    const created = await create(client);
    expect(created.id).toBe(id);
    expect((await jobsOf(client).pollUntilDone(created.id)).id).toBe(id);
    expect(seen.at(-1)?.path.endsWith(`/${id}`)).toBe(true);
  });

  it("a POST is repeated with the same idempotency key if its answer was lost", async () => {
    const { client, seen } = await connect((response, _, number) =>
      number === 0 ? response.destroy() : sendJson(response, 202, job(words.active)),
    );
    expect((await create(client)).id).toBe(id);
    const keys = seen.map(({ headers }) => headers["idempotency-key"]);
    expect(keys[0]).toMatch(/^[\x21-\x7e]{16,}$/);
    expect(keys).toEqual([keys[0], keys[0]]);
  });

  it("a 404 for a new job is retried", async () => {
    const { client } = await connect((response, { method }, number) => {
      if (method === "POST") return sendJson(response, 202, job(words.active));
      return number === 1
        ? sendJson(response, 404, { code: "not_found", message: "there is no such job" })
        : sendJson(response, 200, job(words.done));
    });
    expect((await createAndWait(client)).status).toBe(words.done);
  });
});
