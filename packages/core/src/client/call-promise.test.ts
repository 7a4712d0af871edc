import { expect, test } from "vitest";
import { batchJobs } from "../testing/batch-fixtures.ts";
import { createScriptedRuntime } from "../testing/scripted-runtime.ts";
import { createClient } from "./client.ts";

const memories = [{ content: "Likes tea." }];

test("a call resolves with its data, and withResponse adds the status and the headers", async () => {
  const headers = { "x-request-id": "req_theirs", "ratelimit-remaining": "7" };
  const { batch } = createClient(createScriptedRuntime([{ status: 202, json: batchJobs.pending, headers }]), {
    apiKey: "key",
  });
  const call = batch.create(memories);
  const { data, response } = await call.withResponse();
  expect(data).toBe(await call);
  expect(response).toMatchObject({ status: 202, requestId: "req_theirs" });
  expect(response.header("RateLimit-Remaining")).toBe("7");
});

test("withResponse rejects with the same error as the call", async () => {
  const { batch } = createClient(createScriptedRuntime([{ status: 503, json: {} }]), { apiKey: "key" });
  await expect(batch.create(memories).withResponse()).rejects.toMatchObject({ code: "unavailable" });
});

test("every error has its request's id: the server's, or else ours", async () => {
  const runtime = createScriptedRuntime([
    { status: 503, json: {} },
    { failure: "network_error" },
    { status: 500, json: {}, headers: { "x-request-id": "req_theirs" } },
    { text: "<html>" },
  ]);
  const { batch } = createClient(runtime, { apiKey: "key" });
  const ids: unknown[] = [];
  for (let number = 0; number < 4; number += 1) {
    ids.push(await batch.create(memories).catch(({ requestId }) => requestId));
  }
  const sent = runtime.requests.map(({ headers }) => headers["x-request-id"]);
  expect(ids).toEqual([sent[0], sent[1], "req_theirs", sent[3]]);
  expect(new Set(sent).size).toBe(4);
});
