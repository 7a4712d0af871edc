import { learnedOf, webhookSubscriptions } from "@memlane/core/internal";
import type { TestServer } from "@memlane/server/testing";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import * as z from "zod";
import { batch, ingest, send } from "./http.ts";
import { startServerOnTestDatabase } from "./test-database.ts";

let server: TestServer;
beforeAll(async () => {
  server = await startServerOnTestDatabase({ environment: { MEMLANE_REQUESTS_PER_MINUTE: "10000" } });
}, 30_000);
afterAll(() => server?.stop());

/** Headers that every HTTP answer may have. */
const ordinaryHeaders = new Set([
  "cache-control",
  "connection",
  "content-length",
  "content-type",
  "date",
  "keep-alive",
  "transfer-encoding",
  "vary",
]);

const read = async () => (await send(server, "GET /openapi.json")).body;

test("the document is OpenAPI 3.1, and every reference in it resolves", async () => {
  const document = await read();
  expect(document.openapi).toMatch(/^3\.1\./);
  const references = [...JSON.stringify(document).matchAll(/"\$ref":"#\/components\/schemas\/(\w+)"/g)];
  expect(references.length).toBeGreaterThan(0);
  for (const [, name] of references) expect(document.components.schemas).toHaveProperty(name!);
});

test("every header in it is described, and the key may be sent in every way that works", async () => {
  const { paths, components } = await read();
  const references = [...JSON.stringify(paths).matchAll(/"\$ref":"#\/components\/headers\/([\w-]+)"/g)];
  expect(new Set(references.map(([, name]) => name))).toEqual(new Set(Object.keys(components.headers)));
  const { security } = paths["/v1/groups"].get;
  expect(new Set(security.flatMap(Object.keys))).toEqual(new Set(["apiKey", "orgId", "bearer", "token"]));
  for (const [name, { scheme }] of Object.entries<{ scheme?: string }>(components.securitySchemes)) {
    if (name === "orgId" || name === "jobToken") continue;
    const value = { bearer: `${scheme} ${server.apiKey}`, token: `Token ${server.apiKey}` }[name];
    const headers = { [components.securitySchemes[name].name ?? "Authorization"]: value ?? server.apiKey };
    expect([name, (await send(server, "GET /v1/groups", headers)).status]).toEqual([name, 200]);
  }
});

test("every operation in it is served: without a key it answers 401, not 404", async () => {
  const { paths } = await read();
  for (const [path, operations] of Object.entries<object>(paths)) {
    for (const method of Object.keys(operations)) {
      const { status } = await send(server, `${method.toUpperCase()} ${path.replace("{id}", "x")}`);
      expect([method, path, status]).toEqual([method, path, 401]);
    }
  }
});

test("operation ids are unique, and parameters of one operation too", async () => {
  const { paths } = await read();
  const operations = Object.values<Record<string, any>>(paths).flatMap((item) => Object.values(item));
  const ids = operations.map(({ operationId }) => operationId);
  expect(new Set(ids).size).toBe(ids.length);
  for (const { parameters } of operations) {
    const names = parameters.map(
      (parameter: { in: string; name: string }) => `${parameter.in} ${parameter.name}`,
    );
    expect(new Set(names).size).toBe(names.length);
  }
});

test("every error has an example with a code of its status", async () => {
  const { paths } = await read();
  const operations = Object.values<Record<string, any>>(paths).flatMap((item) => Object.values(item));
  for (const { operationId, responses } of operations) {
    for (const [status, { description, content }] of Object.entries<any>(responses)) {
      if (Number(status) < 400) continue;
      const examples = Object.values<any>(content["application/json"].examples);
      const codes = examples.map(({ value }) => value.code ?? value.error.code);
      expect([operationId, status, codes.length > 0]).toEqual([operationId, status, true]);
      for (const code of codes) expect(description).toContain(`\`${code}\``);
    }
  }
});

test("a path of both dialects accepts either body and answers either shape", async () => {
  const { paths } = await read();
  const { requestBody, responses } = paths["/v1/memories"].post;
  expect(requestBody.content["application/json"].schema.anyOf).toHaveLength(2);
  expect(Object.keys(responses)).toEqual(expect.arrayContaining(["200", "201", "202", "401", "422"]));
});

test("the document of one dialect has its operations and the shared ones, each with one kind of body", async () => {
  const all = await read();
  const of = async (name: string) => (await send(server, `GET /openapi.json?dialect=${name}`)).body;
  const [ingestOnly, batchOnly] = [await of("ingest"), await of("batch")];
  expect(ingestOnly.paths["/v1/memories"].post.operationId).toBe("ingestConversation");
  expect(batchOnly.paths["/v1/memories"].post.operationId).toBe("createMemory");
  for (const document of [ingestOnly, batchOnly]) {
    expect(document.paths["/v1/jobs/{id}"]).toEqual(all.paths["/v1/jobs/{id}"]);
    expect(JSON.stringify(document.paths)).not.toContain("_or_");
  }
  expect(new Set([...Object.keys(ingestOnly.paths), ...Object.keys(batchOnly.paths)])).toEqual(
    new Set(Object.keys(all.paths)),
  );
  expect((await send(server, "GET /openapi.json?dialect=other")).status).toBe(404);
});

test("a field that does not describe itself gets a description by its name", async () => {
  const { paths } = await read();
  const operations = Object.values<Record<string, any>>(paths).flatMap((item) => Object.values(item));
  const parameters = operations.flatMap((operation) => operation.parameters);
  const budget = parameters.find(({ name, in: place }) => name === "token_budget" && place === "query");
  expect(budget.schema.description).toBe("The most tokens in the text.");
  const { components } = await read();
  expect(components.schemas.IngestMemory.properties.score.description).toMatch(/^How well it matches/);
});

test("a field that may be null and has a default shows it", async () => {
  const { paths } = await read();
  const body = paths["/v1/memories/search"].post.requestBody.content["application/json"].schema;
  const [ingestBody, batchBody] = body.anyOf.map(({ properties }: any) => properties);
  expect([ingestBody.limit.default, ingestBody.mode.default]).toEqual([10, "compose"]);
  expect(batchBody.limit).toMatchObject({ type: ["integer", "null"], default: expect.any(Number) });
});

test("null may be sent for every field that a body may leave out", async () => {
  const { paths, components } = await read();
  const withoutNull: string[] = [];
  const look = (schema: any, at: string): void => {
    const { $ref, anyOf = [], properties = {}, required = [], items } = schema;
    if ($ref !== undefined) return look(components.schemas[$ref.split("/").at(-1)], at);
    for (const branch of anyOf) look(branch, at);
    if (items !== undefined) look(items, `${at}[]`);
    for (const [name, field] of Object.entries<any>(properties)) {
      const takesNull = [field, ...(field.anyOf ?? [])].some(({ type }) => [type].flat().includes("null"));
      if (!required.includes(name) && !takesNull && Object.keys(field).length > 0)
        withoutNull.push(`${at}.${name}`);
      look(field, `${at}.${name}`);
    }
  };
  for (const [path, operations] of Object.entries<any>(paths))
    for (const [method, { requestBody }] of Object.entries<any>(operations)) {
      const body = requestBody?.content["application/json"]?.schema;
      if (body !== undefined) look(body, `${method} ${path}`);
    }
  // A filter that decides which jobs to cancel or retry must not widen by mistake.
  const isFilter = /^post \/v1\/jobs\/(?:cancel|retry)\.filter\./;
  expect(withoutNull.filter((field) => !isFilter.test(field))).toEqual([]);
});

test("a name that means something else in another schema has its description only where that is true", async () => {
  const { paths, components } = await read();
  const answerOf = (path: string) =>
    paths[path].get.responses["200"].content["application/json"].schema.properties;
  const { version } = components.schemas.IngestMemory.properties.details.properties;
  expect(version.description).toBe("The version of the artifact, from 1.");
  expect(answerOf("/v1/service").database.properties.version).not.toHaveProperty("description");
  expect(answerOf("/v1/stats").counts.properties.failed).not.toHaveProperty("description");
  expect(answerOf("/v1/audit").events.items.properties.result).not.toHaveProperty("description");
});

test("it describes what webhooks get, for each event that they can ask for", async () => {
  const { webhooks } = await read();
  expect(Object.keys(webhooks)).toEqual([
    ...webhookSubscriptions.filter((event) => event !== "*"),
    "webhook.test",
  ]);
  for (const [event, { post }] of Object.entries<any>(webhooks)) {
    const { schema } = post.requestBody.content["application/json"];
    expect(schema.properties.event.const).toBe(event);
  }
  const created = webhooks["memory.created"].post.requestBody.content["application/json"].schema;
  expect(created.properties.data.required).toEqual(["id", "user_id", "agent_id"]);
});

describe("answers match their schema:", () => {
  /** What the document says about an answer, or undefined if it lacks it. */
  async function responseOf(method: string, path: string, status: number): Promise<any> {
    const { paths } = await read();
    const [pathname = ""] = path.split("?");
    const known = paths[pathname] ?? paths[pathname.replace(/[^/]+(?=$|\/(?:events|revisions)$)/, "{id}")];
    return known?.[method.toLowerCase()]?.responses[status];
  }

  /** The schema in the document for an answer, or undefined if the document lacks it. */
  async function schemaOf(method: string, path: string, status: number): Promise<z.ZodType | undefined> {
    const { components } = await read();
    const response = await responseOf(method, path, status);
    if (response === undefined) return undefined;
    const schema = response.content?.["application/json"].schema ?? { const: "" };
    const local = JSON.stringify({ ...schema, $defs: components.schemas });
    return z.fromJSONSchema(JSON.parse(local.replaceAll("#/components/schemas/", "#/$defs/")));
  }

  async function expectTruth(
    route: string,
    headers: Record<string, string>,
    body?: unknown,
    status = 200,
  ): Promise<any> {
    const answer = await send(server, route, headers, body);
    expect([route, answer.status, answer.body]).toEqual([route, status, expect.anything()]);
    const [method = "", path = ""] = route.split(" ");
    const schema = await schemaOf(method, path, status);
    expect([route, status, schema === undefined ? "unknown" : "known"]).toEqual([route, status, "known"]);
    const { error } = schema!.safeParse(answer.body);
    expect(error === undefined ? "" : `${route} ${status}: ${z.prettifyError(error)}`).toBe("");
    const response = await responseOf(method, path, status);
    const described = new Set(Object.keys(response.headers).map((name) => name.toLowerCase()));
    const undescribed = [...answer.headers.keys()].filter(
      (name) => !ordinaryHeaders.has(name) && !described.has(name),
    );
    expect([route, status, undescribed]).toEqual([route, status, []]);
    return answer.body;
  }

  test("ingest", async () => {
    const who = ingest(server);
    const messages = ["I live in Paris.", "I moved to Berlin."].map((content) => ({ role: "user", content }));
    const conversation = { messages, user_id: "ann", conv_id: "c" };
    const pending = await expectTruth("POST /v1/memories", who, conversation, 202);
    const job = await expectTruth(`GET /v1/memories/jobs/${pending.id}?wait=true`, who);
    expect(learnedOf(job.result.memories_created)).toHaveLength(2);
    expect(job.result.messages).toHaveLength(2);
    await expectTruth("POST /v1/memories?wait=true", who, { ...conversation, user_id: "ben" });
    await expectTruth("GET /v1/memories?limit=1", who);
    const [memory] = job.result.memories_created;
    await expectTruth(`GET /v1/memories/${memory.id}`, who);
    const revisions = await expectTruth(`GET /v1/memories/${memory.id}/revisions`, who);
    expect(revisions.data).toHaveLength(2);
    for (const mode of ["compose", "retrieve"])
      await expectTruth("POST /v1/memories/search", who, { query: "Where?", user_id: "ann", mode });
    await expectTruth(`DELETE /v1/memories/${memory.id}`, who, undefined, 204);
    await expectTruth(`DELETE /v1/memories/${memory.id}`, who, undefined, 404);

    const { "x-org-id": _, ...withoutOrg } = who;
    await expectTruth("GET /v1/memories", withoutOrg);
    await expectTruth("POST /v1/memories", withoutOrg, { ...conversation, messages: [] }, 400);
    await expectTruth("POST /v1/memories", who, {}, 422);
    await expectTruth("POST /v1/memories", who, { ...conversation, user_id: "" }, 422);
    await expectTruth("GET /v1/memories?limit=0", who, undefined, 422);
    await expectTruth("GET /v1/memories", { ...who, "x-api-key": "no" }, undefined, 401);
    await expectTruth("GET /v1/memories", { ...who, "x-org-id": "other" }, undefined, 403);
  });

  test("batch", async () => {
    const who = batch(server);
    const memories = [{ content: "One.", metadata: { a: [1, null] } }, { content: "" }];
    const pending = await expectTruth("POST /v1/batch", who, { memories }, 202);
    const job = await expectTruth(`GET /v1/batch/${pending.id}?wait=true`, who);
    expect(job.errors).toHaveLength(1);
    const memory = await expectTruth("POST /v1/memories", who, { content: "Two.", user_id: "bob" }, 201);
    await expectTruth("GET /v1/memories?user_id=bob", who);
    await expectTruth(`GET /v1/memories/${memory.id}`, who);
    await expectTruth("POST /v1/memories/search", who, { query: "two", user_id: "bob" });
    await expectTruth(`DELETE /v1/memories/${memory.id}`, who);
    await expectTruth(`DELETE /v1/memories/${memory.id}`, who, undefined, 404);
    await expectTruth("POST /v1/batch", who, "{", 400);
    await expectTruth("POST /v1/batch", who, { memories: [] }, 422);
    await expectTruth("GET /v1/batch/nope", who, undefined, 404);
    await expectTruth("GET /v1/batch/nope", {}, undefined, 401);
  });

  test("a repeated request, a long-poll and a job that has not changed", async () => {
    const who = { ...batch(server), "idempotency-key": "openapi", prefer: "wait=20" };
    const memories = [{ content: "One." }];
    await expectTruth("POST /v1/batch", who, { memories });
    const { headers, body } = await send(server, "POST /v1/batch", who, { memories });
    expect(headers.get("idempotent-replayed")).toBe("true");
    await expectTruth("POST /v1/batch", who, { memories });
    const unchanged = { ...who, "if-none-match": headers.get("etag")! };
    await expectTruth(`GET /v1/batch/${body.id}`, unchanged, undefined, 304);
  });

  test("a schema that does not match is noticed", async () => {
    const schema = await schemaOf("GET", "/v1/batch/x", 200);
    expect(schema!.safeParse({ id: "job_1", status: "completed" }).success).toBe(false);
    expect(await schemaOf("GET", "/v1/batch/x", 418)).toBeUndefined();
  });
});

test("health and readiness, which are not logged", async () => {
  expect((await send(server, "GET /healthz")).status).toBe(200);
  expect((await send(server, "GET /readyz")).body).toEqual({ status: "ready" });
  await send(server, "GET /v1/quiz");
  await expect.poll(() => server.logs.join()).toContain("/v1/quiz");
  expect(server.logs.join()).not.toMatch(/healthz|readyz/);
});

test("the page at / shows every route, and loads nothing from elsewhere", async () => {
  const page = await fetch(`${server.url}/`);
  expect(page.headers.get("content-type")).toBe("text/html; charset=UTF-8");
  expect(page.headers.get("content-security-policy")).toContain("default-src 'none'");
  const text = await page.text();
  for (const path of Object.keys((await read()).paths)) expect(text).toContain(`<code>${path}</code>`);
  expect(text).not.toMatch(/(?:src|href)="(?!\/)/);
});
