// A complete third dialect. It is the folder `notes` and one line in a registry.
import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openServer } from "../../src/open-server.ts";
import type { Database } from "../../src/database/database.ts";
import { readEnvironment } from "../../src/settings/read-environment.ts";
import { ourDialects } from "../../src/http/dialects.ts";
import { listen } from "../../src/http/listen.ts";
import type { DialectRegistry } from "../../src/http/served-dialect.ts";
import { createLogger } from "../../src/logging/logger.ts";
import { blockWorkers } from "../block-workers.ts";
import { batch, ingest, send } from "../http.ts";
import { openTestDatabase } from "../test-database.ts";
import { notesClientDialect } from "./notes/client-dialect.ts";
import { importIds } from "./notes/import-id.ts";
import { viewImportJob } from "./notes/job-view.ts";
import { notes } from "./notes/notes.ts";

const dialects: DialectRegistry = {
  ...ourDialects,
  dialects: [...ourDialects.dialects, notes],
};

const orgId = "acme";
const apiKey = `key-${randomBytes(12).toString("hex")}`;
const asNotes = { authorization: `Notes ${apiKey}` };
const asBatch = batch({ apiKey });
const asIngest = ingest({ apiKey, orgId });
const conversation = { messages: [{ role: "user", content: "I live in Oslo." }], user_id: "u", conv_id: "c" };

let database: Database;
let server: { readonly url: string };
let close: () => Promise<void>;
beforeAll(async () => {
  database = await openTestDatabase();
  const settings = readEnvironment({
    MEMLANE_BOOTSTRAP_KEYS: `${orgId}:${apiKey}`,
    MEMLANE_WORKER_CONCURRENCY: "1",
  });
  const app = await openServer({ database, settings, log: createLogger("silent"), dialects });
  const http = await listen(app.fetch, { host: "127.0.0.1", port: 0, drainMs: 8000 });
  server = http;
  close = async () => {
    await http.close();
    await app.close();
    await database.close();
  };
}, 30_000);
afterAll(() => close?.());

const createImport = (query = "", given: readonly object[] = [{ text: "Ann likes tea.", about: "ann" }]) =>
  send(server, `POST /v1/memories${query}`, asNotes, { notes: given });

const printed = {
  import: expect.stringMatching(/^IMP-[0-9A-F]{32}$/),
  phase: "done",
  notes: { given: 1, kept: 1 },
  dropped: [],
};

describe("an import of notes", () => {
  test("is created on a path of three dialects, done by a worker, and read in its own format", async () => {
    const created = await createImport("?token=true");
    expect([created.status, created.body]).toEqual([
      202,
      {
        ...printed,
        phase: expect.stringMatching(/^(waiting|working)$/),
        notes: { given: 1, kept: 0 },
        token: expect.any(String),
      },
    ]);
    const read = await send(server, `GET /v1/imports/${created.body.import}?wait=30`, asNotes);
    expect([read.status, read.body]).toEqual([200, { ...printed, import: created.body.import }]);
    const { body } = await send(server, "GET /v1/memories?user_id=ann", asBatch);
    expect(body.memories).toMatchObject([{ content: "Ann likes tea." }]);
  });

  test("is read with its token by an id in its own format", async () => {
    const { body } = await createImport("?wait=30&token=true");
    const asPage = { authorization: `Notes ${body.token}` };
    expect((await send(server, `GET /v1/imports/${body.import}`, asPage)).body).toMatchObject(printed);
    const other = await createImport("?wait=30");
    expect((await send(server, `GET /v1/imports/${other.body.import}`, asPage)).status).toBe(404);
  });

  test("is in the list of jobs with those of the other dialects, each in its own format", async () => {
    const imported = (await createImport("?wait=30")).body;
    const batched = (await send(server, "POST /v1/batch?wait=30", asBatch, { memories: [{ content: "x" }] }))
      .body;
    const ingested = (await send(server, "POST /v1/memories?wait=30", asIngest, conversation)).body;
    const { body } = await send(server, "GET /v1/jobs?limit=3", asIngest);
    expect(body.data).toEqual([ingested, batched, imported]);
    const done = await send(server, "GET /v1/jobs?limit=3&status=done", asIngest);
    expect(done.body.data).toEqual(body.data); // a status of one dialect selects the jobs of all
  });

  test("is read, streamed and given a token by the routes for every job, in its own format", async () => {
    const { body } = await createImport("?wait=30");
    const path = `/v1/jobs/${body.import}`;
    expect((await send(server, `GET ${path}`, asIngest)).body).toEqual(body);
    const events = await send(server, `GET ${path}/events`, asIngest);
    expect(JSON.parse(/^data: (.*)$/m.exec(events.body)![1]!)).toEqual(body);
    const token = await send(server, `POST ${path}/token`, asIngest);
    expect(token.body).toMatchObject({ object: "job_token", id: body.import });
    const ended = await send(server, `POST ${path}/cancel`, asIngest);
    expect([ended.status, ended.body.error.code]).toEqual([409, "conflict"]);
  });

  test("answers in its own format that it was cancelled, also to long-polls", async () => {
    const release = await blockWorkers(database);
    await createImport(); // occupies the worker, so that the next one stays queued
    const { body } = await createImport();
    const path = `/v1/jobs/${body.import}`;
    const waiting = send(server, `GET ${path}?wait=30`, asIngest);
    const cancelled = await send(server, `POST ${path}/cancel`, asIngest);
    await release();
    const reason = "the job was cancelled";
    const broken = { ...printed, import: body.import, phase: "broken", notes: { given: 1, kept: 0 }, reason };
    expect([cancelled.status, cancelled.body]).toEqual([200, broken]);
    expect((await waiting).body).toEqual(broken);
  });

  test("keeps its dialect when it is retried", async () => {
    const { body } = await createImport("?wait=30", [{ text: "Ben likes cake." }, { text: " " }]);
    const dropped = { position: 2, reason: "content must not be empty" };
    expect(body).toMatchObject({ phase: "done", notes: { given: 2, kept: 1 }, dropped: [dropped] });
    const retried = await send(server, `POST /v1/jobs/${body.import}/retry?wait=30`, asIngest);
    expect(retried.body).toEqual({
      ...printed,
      notes: { given: 1, kept: 0 },
      dropped: [{ ...dropped, position: 1 }],
    });
    expect(retried.body.import).not.toBe(body.import);
  });

  test("is read by clients, and shown in the same words as the jobs of every dialect", async () => {
    const { headersOf, jobsPath, jobWire, errorWire, errors } = notesClientDialect;
    const { body } = await createImport("?wait=30", [{ text: "Cy likes jazz." }, { text: " " }]);
    const read = await send(server, `GET ${jobsPath}/${body.import}`, headersOf({ apiKey }));
    expect(viewImportJob(jobWire.parse(read.body))).toEqual({
      id: body.import,
      dialect: "notes",
      kind: "batch",
      status: "done",
      state: "succeeded",
      failure: undefined,
      received: 2,
      imported: 1,
      failed: 1,
      errors: [{ index: 1, error: "content must not be empty" }],
    });
    const absent = await send(server, `GET ${jobsPath}/IMP-1`, headersOf({ apiKey }));
    expect(errors.nameOf(errorWire.parse(absent.body).code)).toBe("job_not_found");
  });

  test("is printed in the format of the first dialect of its kind if its own is unknown", async () => {
    const { body } = await createImport("?wait=30");
    for (const dialect of ["unheard-of", null]) {
      await database.query("update memlane.job set dialect = $1 where id = $2", [
        dialect,
        importIds.parse(body.import),
      ]);
      const read = await send(server, `GET /v1/jobs/${body.import}`, asIngest);
      expect(read.body).toMatchObject({
        id: expect.stringMatching(/^job_/),
        status: "completed",
        imported: 1,
      });
    }
  });
});

describe("an error is in the envelope of the notes dialect", () => {
  const unknown = { authorization: "Notes nobody-knows-this-key" };
  const some = { notes: [{ text: "x" }] };
  test.each([
    ["POST /v1/memories", unknown, some, 401, "WHO_ARE_YOU", /unknown or revoked/],
    ["GET /v1/imports/x", {}, undefined, 401, "WHO_ARE_YOU", /key is required/],
    ["POST /v1/memories", asNotes, { notes: [{ text: 7 }] }, 422, "BAD_NOTES", /^notes\[0\]\.text/],
    ["GET /v1/imports/IMP-1", asNotes, undefined, 404, "NO_SUCH_IMPORT", /no such job/],
    ["DELETE /v1/imports/x", asNotes, undefined, 405, "WRONG_METHOD", /GET/],
    ["GET /v1/imports", asNotes, undefined, 404, "NOTHING_THERE", /no such route/],
    ["PATCH /v1/nothing", {}, some, 404, "NOTHING_THERE", /no such route/],
  ])("%s %j", async (route, headers, body, status, kind, text) => {
    const answer = await send(server, route, headers, body);
    expect([answer.status, answer.body]).toEqual([
      status,
      { problem: { kind, text: expect.stringMatching(text) } },
    ]);
  });
});

test("requests of the other dialects are answered as before", async () => {
  const remembered = await send(server, "POST /v1/memories", asBatch, { content: "x" });
  expect([remembered.status, remembered.body]).toEqual([201, expect.objectContaining({ content: "x" })]);
  const refused = await send(server, "POST /v1/memories", asIngest, { notes: [] });
  expect([refused.status, refused.body.error.code]).toEqual([422, "missing_user_id"]);
  const unknown = await send(server, "GET /v1/nothing", asBatch);
  expect([unknown.status, unknown.body.code]).toEqual([404, "not_found"]);
});

test("the OpenAPI document has its operations, alone and merged with those of the others", async () => {
  const { body } = await send(server, "GET /openapi.json");
  expect(body.tags.map(({ name }: { name: string }) => name)).toEqual(["ingest", "batch", "notes"]);
  expect(body.components.securitySchemes.notes).toEqual({ type: "http", scheme: "Notes" });
  const job = { $ref: "#/components/schemas/NotesJob" };
  const error = { $ref: "#/components/schemas/NotesError" };
  const own = body.paths["/v1/imports/{id}"].get;
  expect(own).toMatchObject({
    operationId: "getImport",
    tags: ["notes"],
    security: [{ notes: [] }, { jobToken: [] }],
  });
  expect(own.responses[200].content["application/json"].schema).toEqual(job);
  expect(own.responses[404].content["application/json"]).toMatchObject({
    schema: error,
    examples: { notes: { value: { problem: { kind: "NO_SUCH_IMPORT" } } } },
  });
  const shared = body.paths["/v1/memories"].post;
  expect(shared.operationId).toBe("ingestConversation_or_createMemory_or_createImport");
  const titles = (content: { schema: { anyOf: { title: string }[] } }) =>
    content.schema.anyOf.map(({ title }) => title);
  expect(titles(shared.requestBody.content["application/json"])).toEqual(["ingest", "batch", "notes"]);
  expect(titles(shared.responses[202].content["application/json"])).toEqual(["ingest", "notes"]);
  expect(Object.keys(shared.responses[422].content["application/json"].examples)).toEqual([
    "ingest",
    "batch",
    "notes",
  ]);
  const page = body.paths["/v1/jobs"].get.responses[200].content["application/json"].schema;
  expect(page.properties.data.items.anyOf.map(({ title }: { title: string }) => title)).toEqual([
    "IngestJob",
    "BatchJob",
    "NotesJob",
  ]);
});
