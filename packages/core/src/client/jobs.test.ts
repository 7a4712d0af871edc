import { expect, test } from "vitest";
import { batchJobs } from "../testing/batch-fixtures.ts";
import { ingestJobs } from "../testing/ingest-fixtures.ts";
import { createScriptedRuntime } from "../testing/scripted-runtime.ts";
import type { TransportScript } from "../testing/scripted-transport.ts";
import { createClient } from "./client.ts";

function connect(script: TransportScript, orgId: string | undefined = "org") {
  const runtime = createScriptedRuntime(script);
  return { ...runtime, jobs: createClient(runtime, { apiKey: "key", orgId }).jobs };
}

const page = (data: readonly object[], next_cursor: string | null) => ({
  json: { object: "list", data, has_more: next_cursor !== null, next_cursor },
});
const noSuchJob = {
  status: 404,
  json: { error: { code: "job_not_found", message: "there is no such job" } },
};

test("list yields jobs of both kinds, each in the format of its dialect, up to the last page", async () => {
  const { jobs, requests } = connect([
    page([batchJobs.completed, ingestJobs.succeeded], "c2"),
    page([ingestJobs.pending], null),
  ]);
  const seen: string[] = [];
  for await (const job of jobs.list({ status: "completed", limit: 2 })) seen.push(job.status);
  expect(seen).toEqual(["completed", "succeeded", "pending"]);
  expect(requests).toMatchObject([
    { method: "GET", path: "/v1/jobs", query: { status: "completed", limit: "2" } },
    { method: "GET", path: "/v1/jobs", query: { status: "completed", limit: "2", cursor: "c2" } },
  ]);
});

test("get asks for a batch if there is no such ingest job", async () => {
  const { jobs, requests } = connect([noSuchJob, { json: batchJobs.completed }]);
  expect(await jobs.get("job_1")).toEqual(batchJobs.completed);
  expect(requests.map(({ path }) => path)).toEqual(["/v1/memories/jobs/job_1", "/v1/batch/job_1"]);
});

test("get asks only once if the ingest job exists", async () => {
  const { jobs, requests } = connect([{ json: ingestJobs.succeeded }]);
  expect(await jobs.get("job_1")).toEqual(ingestJobs.succeeded);
  expect(requests).toHaveLength(1);
});

test("get rejects with the second answer if neither job exists, else with the first error", async () => {
  const batch = { status: 404, json: { code: "not_found", message: "batch not found" } };
  await expect(connect([noSuchJob, batch]).jobs.get("job_1")).rejects.toMatchObject({ code: "not_found" });
  const refused = { status: 401, json: { error: { code: "unauthorized", message: "no" } } };
  await expect(connect([refused]).jobs.get("job_1")).rejects.toMatchObject({ code: "unauthenticated" });
});

test("jobs waits for a batch in the same way as batch, and looks for an ingest job only once", async () => {
  const { jobs, requests } = connect([
    noSuchJob,
    { json: batchJobs.processing, headers: { "preference-applied": "wait=25" } },
    { json: batchJobs.completed },
  ]);
  const seen: string[] = [];
  const done = await jobs.pollUntilDone("job_1", { onUpdate: ({ status }) => void seen.push(status) });
  expect(done).toEqual(batchJobs.completed);
  expect(seen).toEqual(["processing", "completed"]);
  expect(requests.map(({ path }) => path)).toEqual([
    "/v1/memories/jobs/job_1",
    "/v1/batch/job_1",
    "/v1/batch/job_1",
  ]);
});

test("jobs watches an ingest job and makes tokens for it", async () => {
  const { jobs, requests } = connect([
    { json: ingestJobs.running },
    { json: ingestJobs.succeeded },
    { json: { object: "job_token", id: "job_1", token: "a.b.c", expires_at: "2026-12-01T00:00:00Z" } },
  ]);
  const seen: string[] = [];
  for await (const { status } of jobs.watch("job_1")) seen.push(status);
  expect(seen).toEqual(["running", "succeeded"]);
  expect(await jobs.createToken("job_1")).toMatchObject({ token: "a.b.c" });
  expect(requests.at(-1)).toMatchObject({ method: "POST", path: "/v1/jobs/job_1/token" });
});

test("a replica without the job of a retry is asked again", async () => {
  const notFound = { status: 404, json: { code: "not_found", message: "batch not found" } };
  const { jobs } = connect([
    { json: batchJobs.pending },
    noSuchJob,
    notFound,
    noSuchJob,
    { json: batchJobs.completed },
  ]);
  const { id } = await jobs.retry("job_1");
  expect(await jobs.pollUntilDone(id)).toEqual(batchJobs.completed);
});

test.each(["cancel", "retry"] as const)("%s resolves with the resulting job", async (action) => {
  const { jobs, requests } = connect([{ json: batchJobs.failed }]);
  expect(await jobs[action]("job_1")).toEqual(batchJobs.failed);
  expect(requests).toMatchObject([
    { method: "POST", path: `/v1/jobs/job_1/${action}`, headers: { "x-org-id": "org" } },
  ]);
});

test("a retry sends the caller's key or a new one, so it is safe to send again", async () => {
  const { jobs, requests } = connect([{ json: batchJobs.failed }, { json: batchJobs.failed }]);
  await jobs.retry("job_1", { idempotencyKey: "mine" });
  await jobs.retry("job_1");
  expect(requests.map(({ headers }) => headers["idempotency-key"])).toEqual([
    "mine",
    expect.stringMatching(/^[\da-f-]{36}$/),
  ]);
});

test("a job that has ended already is a conflict", async () => {
  const ended = { status: 409, json: { error: { code: "conflict", message: "the job has ended already" } } };
  await expect(connect([ended]).jobs.cancel("job_1")).rejects.toMatchObject({ code: "conflict" });
});
