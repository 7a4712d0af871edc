import { expect, test } from "vitest";
import { batchJobs } from "../testing/batch-fixtures.ts";
import { createScriptedRuntime } from "../testing/scripted-runtime.ts";
import type { TransportScript } from "../testing/scripted-transport.ts";
import { createClient } from "./client.ts";

function connect(script: TransportScript) {
  const runtime = createScriptedRuntime(script);
  return { ...runtime, client: createClient(runtime, { apiKey: "key", orgId: "org" }) };
}

test("create posts the memories in the batch dialect", async () => {
  const { client, requests } = connect([{ status: 202, json: batchJobs.pending }]);
  const memories = [{ content: "Likes tea.", user_id: "u", metadata: { source: "notes" } }];
  expect(await client.batch.create(memories)).toEqual(batchJobs.pending);
  expect(requests).toEqual([
    {
      method: "POST",
      path: "/v1/batch",
      query: {},
      headers: {
        accept: "application/json",
        "x-request-id": expect.stringMatching(/^req_/),
        "idempotency-key": expect.any(String),
        "content-type": "application/json",
        authorization: "Bearer key",
        "x-org-id": "org",
      },
      body: JSON.stringify({ memories }),
      timeoutMs: undefined,
      retry: "default",
      signal: undefined,
    },
  ]);
});

test("get resolves with the job in the wire format", async () => {
  const { client, requests } = connect([{ json: batchJobs.completed }]);
  expect(await client.batch.get(batchJobs.completed.id)).toEqual(batchJobs.completed);
  expect(requests[0]).toMatchObject({ method: "GET", path: `/v1/batch/${batchJobs.completed.id}` });
});

test("a batch that completed with failed items is a normal end", async () => {
  const { client, requests } = connect([
    { json: batchJobs.pending },
    { json: batchJobs.processing },
    { json: batchJobs.completed },
  ]);
  const seen: string[] = [];
  const job = await client.batch.pollUntilDone(batchJobs.pending.id, {
    onProgress: ({ status }) => seen.push(status),
  });
  expect(job).toEqual(batchJobs.completed);
  expect(seen).toEqual(["pending", "processing", "completed"]);
  expect(requests.map(({ retry }) => retry)).toEqual(["never", "never", "never"]);
});

test("the wire's count of failures is kept if the list of errors is capped", async () => {
  const capped = { ...batchJobs.completed, received: 500, imported: 0, failed: 500 };
  const { client } = connect([{ json: capped }]);
  const job = await client.batch.get(capped.id);
  expect(job.failed).toBe(500);
  expect(job.errors).toHaveLength(1);
});

test("another organisation's batch is not_found, in the format of the dialect", async () => {
  const { client } = connect([{ status: 404, json: { code: "not_found", message: "batch not found" } }]);
  await expect(client.batch.get("job_1")).rejects.toMatchObject({
    code: "not_found",
    status: 404,
    message: "batch not found",
    retryable: false,
  });
});

test("a token comes with the batch, or is created for it later, in the batch dialect", async () => {
  const minted = { object: "job_token", id: "job_1", token: "e.y.K", expires_at: "2026-11-25T11:00:00.000Z" };
  const { client, requests } = connect([
    { json: { ...batchJobs.pending, token: "e.y.J" } },
    { json: minted },
  ]);
  expect((await client.batch.create([{ content: "x" }], { token: true })).token).toBe("e.y.J");
  expect(await client.batch.createToken("job_1")).toEqual(minted);
  expect(requests).toMatchObject([
    { path: "/v1/batch", query: { token: "true" } },
    { path: "/v1/jobs/job_1/token", query: {}, headers: { authorization: "Bearer key" } },
  ]);
});
