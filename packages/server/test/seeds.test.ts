// The documents in the two seeds, from a real server over real HTTP: every status, byte for byte.
import { jobIds, type Job } from "@memlane/core";
import { batchJobCodec, ingestJobCodec } from "@memlane/core/internal";
import { batchItemErrors, batchJobs, ingestJobs } from "@memlane/core/testing";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { batch, ingest, send } from "./http.ts";
import { startServerOnTestDatabase, type ServerOnTestDatabase } from "./test-database.ts";

let server: ServerOnTestDatabase;
beforeAll(async () => {
  server = await startServerOnTestDatabase({
    environment: {
      MEMLANE_BOOTSTRAP_KEYS:
        "org_test:key-of-the-tests,org_test:key-that-writes-only:memories:write,org_other:key-of-another-org",
    },
    apiKey: "key-of-the-tests",
  });
}, 30_000);
afterAll(() => server?.stop());

const failure = { type: "server_error", code: "ingest_failed", message: "It could not be run." };

/** Our fields in addition to the seed's document of an ended job. */
const besides = (document: { readonly status: string }) =>
  ["succeeded", "completed", "failed"].includes(document.status) && {
    expires_at: expect.stringMatching(/^\d{4}-.*Z$/),
  };

/** Stores a job in this state. No worker claims it before tomorrow. */
async function storeJob(job: Job): Promise<void> {
  const counts = job.kind === "batch" ? job : { received: 0, imported: 0, failed: 0, errors: [] };
  await server.database.query("delete from memlane.job where id = $1", [job.id]);
  await server.database.query(
    `insert into memlane.job (id, org_id, kind, state, request, due_at, received, imported, failed, item_errors,
       result, failure, created_at, updated_at, expires_at)
     values ($1, 'org_test', $2, $3, '{}', now() + interval '1 day', $4, $5, $6, $7, $8, $9, $10, $11,
       case when $3 in ('succeeded', 'failed') then now() + interval '1 day' end)`,
    [
      job.id,
      job.kind,
      job.state,
      counts.received,
      counts.imported,
      counts.failed,
      JSON.stringify(counts.errors),
      job.kind === "ingest" && job.state === "succeeded" ? JSON.stringify(job.result) : null,
      job.state === "failed" ? JSON.stringify(job.failure ?? failure) : null,
      job.kind === "ingest" ? job.createdAt : new Date(),
      job.kind === "ingest" ? job.updatedAt : new Date(),
    ],
  );
}

describe("GET /v1/memories/jobs/{job_id}, the ingest seed", () => {
  test.each(Object.entries(ingestJobs))("answers a job that is %s", async (_, document) => {
    await storeJob(ingestJobCodec.parse(document));
    const { status, headers, body } = await send(
      server,
      `GET /v1/memories/jobs/${document.id}`,
      ingest(server),
    );
    expect(status).toBe(200);
    expect(headers.get("content-type")).toMatch(/^application\/json/);
    const inMilliseconds = (text: string) => new Date(text).toISOString();
    expect(body).toEqual({
      ...document,
      created_at: inMilliseconds(document.created_at),
      updated_at: inMilliseconds(document.updated_at),
      ...besides(document),
    });
  });

  test("accepts every spelling of the id, and Authorization: Bearer, and always answers the same spelling", async () => {
    const { id } = ingestJobs.succeeded;
    const uuid = jobIds.parse(id)!;
    for (const spelling of [
      id,
      uuid,
      uuid.toUpperCase(),
      id.replace(/[0-9a-f]{32}$/, (hex) => hex.toUpperCase()),
    ]) {
      const { body } = await send(server, `GET /v1/memories/jobs/${spelling}`, batch(server));
      expect(body.id).toBe(id);
    }
  });

  test("echoes X-Request-Id, or creates one, and accepts X-Service-Token", async () => {
    const path = `GET /v1/memories/jobs/${ingestJobs.succeeded.id}`;
    const echoed = await send(server, path, {
      ...ingest(server),
      "x-request-id": "mine-1",
      "x-service-token": "any",
    });
    expect([echoed.status, echoed.headers.get("x-request-id")]).toEqual([200, "mine-1"]);
    const made = await send(server, path, ingest(server));
    expect(made.headers.get("x-request-id")).toMatch(/^req_[0-9a-f]{32}$/);
  });
});

describe("GET /v1/batch/{job_id}, the batch seed", () => {
  test.each(Object.entries(batchJobs))("answers a batch that is %s", async (_, document) => {
    await storeJob(batchJobCodec.parse(document));
    const { status, body } = await send(server, `GET /v1/batch/${document.id}`, batch(server));
    const error = document.status === "failed" && { error: failure };
    expect([status, body]).toEqual([200, { ...document, ...besides(document), ...error }]);
  });

  test("accepts a bare UUID", async () => {
    const { body } = await send(
      server,
      `GET /v1/batch/${jobIds.parse(batchJobs.completed.id)}`,
      batch(server),
    );
    expect(body.id).toBe(batchJobs.completed.id);
  });

  test.each([
    ["no key", {}, 401, "invalid_key"],
    ["a key without the scope", { authorization: "Bearer key-that-writes-only" }, 403, "forbidden"],
    ["another organisation's key", { authorization: "Bearer key-of-another-org" }, 404, "not_found"],
  ])("refuses %s", async (_, headers, status, code) => {
    const answer = await send(server, `GET /v1/batch/${batchJobs.completed.id}`, headers);
    expect([answer.status, answer.body]).toEqual([status, { code, message: expect.any(String) }]);
  });

  test("reports an empty item in the seed's wording, and imports the rest", async () => {
    const memories = [{ content: "One." }, { content: "" }, { content: "Two." }];
    const accepted = await send(server, "POST /v1/batch", batch(server), { memories });
    expect([accepted.status, accepted.body]).toEqual([
      202,
      {
        id: expect.stringMatching(/^job_[0-9a-f]{32}$/),
        status: "pending",
        received: 3,
        imported: 0,
        failed: 0,
        errors: [],
      },
    ]);
    await expect
      .poll(async () => (await send(server, `GET /v1/batch/${accepted.body.id}`, batch(server))).body)
      .toEqual({
        id: accepted.body.id,
        status: "completed",
        received: 3,
        imported: 2,
        failed: 1,
        errors: [{ index: 1, error: batchItemErrors.empty, code: "empty_content", retryable: false }],
        expires_at: expect.any(String),
      });
  });
});
