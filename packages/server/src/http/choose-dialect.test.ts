import { batchDialect, ingestDialect } from "@memlane/core";
import { describe, expect, test } from "vitest";
import { createDialectChoice } from "./choose-dialect.ts";
import { batch } from "./dialects/batch/batch.ts";
import { ingest } from "./dialects/ingest/ingest.ts";

const routes = (...lines: string[]) =>
  lines.map((line) => {
    const [method, path] = line.split(" ") as ["GET" | "POST", string];
    return { method, path, bodySchema: method === "POST" ? ingestDialect.error : undefined };
  });
const ofIngest = {
  dialect: ingestDialect,
  signs: ingest.signs,
  routes: routes(
    "POST /v1/memories",
    "GET /v1/memories/:id",
    "GET /v1/memories/jobs/:id",
    "POST /v1/memories/trigger",
  ),
};
const ofBatch = {
  dialect: batchDialect,
  signs: batch.signs,
  routes: routes(
    "POST /v1/memories",
    "GET /v1/memories/:id",
    "GET /v1/memories/:id/history",
    "POST /v1/batch",
  ),
};
const choice = createDialectChoice<typeof ofIngest | typeof ofBatch>([ofIngest, ofBatch], "batch");

const headOf = (route: string, headers: Record<string, string> = {}) => {
  const [method = "", target = ""] = route.split(" ");
  const { pathname: path, searchParams: query } = new URL(target, "http://x");
  return { method, path, query, headers: new Headers(headers) };
};
const byHead = (route: string, headers?: Record<string, string>) =>
  choice.byHead(headOf(route, headers))?.dialect.name;

describe("a request is assigned to a dialect", () => {
  test.each([
    ["ingest", "GET /v1/memories/jobs/x", { "x-korely-client": "korely-js/1" }],
    ["ingest", "DELETE /v1/memories/jobs/x", {}],
    ["ingest", "POST /v1/memories/trigger", {}],
    ["batch", "POST /v1/batch", { "x-org-id": "acme" }],
    ["batch", "PATCH /v1/batch", { "x-api-key": "k" }],
    ["batch", "GET /v1/memories/x/history", { authorization: "Token k" }],
  ])("%s by its path, whatever its method and signs: %s %j", (name, route, headers) => {
    expect(byHead(route, headers)).toBe(name);
  });

  test.each([
    ["ingest", { "x-org-id": "acme" }],
    ["ingest", { "x-api-key": "k" }],
    ["ingest", { "x-xtrace-client": "memory-sdk/1" }],
    ["ingest", { authorization: "Token k" }],
    ["ingest", { authorization: "token k" }],
    ["batch", { "x-korely-client": "korely-js/1" }],
    ["batch", { "user-agent": "korely-memory-python/0.2.2" }],
  ])("%s by a header, on a path of several dialects and on one of none: %j", (name, headers) => {
    for (const route of ["POST /v1/memories", "GET /v1/memories/x", "PUT /v1/memories", "GET /nothing"])
      expect(byHead(`${route}?offset=1&cursor=x`, headers)).toBe(name);
  });

  test.each([
    ...["order", "cursor", "type", "include", "conv_id", "app_id", "group_id"].map((key) => ["ingest", key]),
    ...["offset", "run_id"].map((key) => ["batch", key]),
  ])("%s by the query parameter %s", (name, key) => {
    expect(byHead(`GET /v1/memories?limit=1&${key}=x`, { authorization: "Bearer k" })).toBe(name);
    expect(byHead(`POST /nothing?${key}=`)).toBe(name);
  });

  test.each(["GET /v1/memories", "DELETE /v1/memories/x", "GET /v1/batch/", "GET /v1/facts-of-life"])(
    "that needs no sign, if it has none: %s",
    (route) => {
      expect(byHead(route, { authorization: "Bearer k", "user-agent": "curl/8" })).toBe("batch");
    },
  );

  test.each<[string, object]>([
    ...["messages", "conv_id", "app_id", "mode", "include", "filters", "group_ids"].map(
      (key): [string, object] => ["ingest", { query: "x", [key]: null }],
    ),
    ["ingest", { add_group_ids: [] }],
    ["ingest", { remove_group_ids: [] }],
    ...["content", "metadata", "run_id"].map((key): [string, object] => [
      "batch",
      { query: "x", [key]: null },
    ]),
    ["batch", { content: "x", metadata: { messages: [], mode: "x" } }],
    ["batch", { metadata: { list: [{ mode: 1 }] }, content: '"mode": {"' }],
    ["ingest", { 'a"b{': "}", messages: [{ content: "x" }] }],
    ["batch", ["messages"]],
    ["batch", {}],
  ])("%s by its body, whole, cut off or malformed: %j", (name, body) => {
    const text = JSON.stringify(body, null, 1);
    for (const method of ["POST", "PATCH", "PUT"]) expect(byHead(`${method} /v1/memories`)).toBeUndefined();
    expect(choice.byBody(body).dialect.name).toBe(name);
    expect(choice.byPrefix(text).dialect.name).toBe(name);
    expect(choice.byPrefix(text.slice(0, -1)).dialect.name).toBe(name);
    expect(choice.byPrefix(`${text.slice(0, -1)}, oops`).dialect.name).toBe(name);
  });

  test("without reading a body that no route reads", () => {
    const isRead = (route: string) => choice.isBodyRead(headOf(route));
    expect([isRead("POST /v1/memories"), isRead("PATCH /v1/memories"), isRead("POST /nothing")]).toEqual([
      true,
      false,
      false,
    ]);
  });
});

test("the start of a hostile body is read in linear time", () => {
  for (const piece of ['"', '"\\', '"a" ', "{", '"a":{']) {
    const startedMs = performance.now();
    choice.byPrefix(piece.repeat(500_000));
    expect(performance.now() - startedMs).toBeLessThan(5000); // usually a few milliseconds
  }
});
