import { startTestServer, type TestServer } from "@memlane/server/testing";
import { afterAll, beforeAll, expect, test } from "vitest";
import { send } from "./http.ts";

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
}, 30_000);
afterAll(() => server?.stop());

const read = async () => (await send(server, "GET /openapi.json")).body;

test("the document is OpenAPI 3.1, and every reference in it leads somewhere", async () => {
  const document = await read();
  expect(document.openapi).toMatch(/^3\.1\./);
  const references = [...JSON.stringify(document).matchAll(/"\$ref":"#\/components\/schemas\/(\w+)"/g)];
  expect(references.length).toBeGreaterThan(0);
  for (const [, name] of references) expect(document.components.schemas).toHaveProperty(name!);
});

test("every operation that it names is served: it wants a key, rather than being unknown", async () => {
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

test("a path that both dialects own takes either body and answers either shape", async () => {
  const { paths } = await read();
  const { requestBody, responses } = paths["/v1/memories"].post;
  expect(requestBody.content["application/json"].schema.anyOf).toHaveLength(2);
  expect(Object.keys(responses)).toEqual(expect.arrayContaining(["200", "201", "202", "401", "422"]));
});

test("health and readiness", async () => {
  expect((await send(server, "GET /healthz")).status).toBe(200);
  expect((await send(server, "GET /readyz")).body).toEqual({ status: "ready" });
});
