import { describe, expect, test } from "vitest";
import { dialectOfBody, dialectOfHead, dialectOfPrefix, bodyCandidates } from "./choose-dialect.ts";
import { ourDialects } from "./dialects.ts";

const headOf = (route: string, headers: Record<string, string>) => {
  const [method = "", path = ""] = route.split(" ");
  return { method, path, headers: new Headers(headers) };
};

describe("a request is assigned to a dialect", () => {
  const withOrg = { "x-org-id": "acme" };
  const withKey = { "x-api-key": "k" };
  test.each([
    ["batch", "POST /v1/batch", withOrg],
    ["batch", "GET /v1/batch/x", withKey],
    ["batch", "GET /v1/ping", {}],
    ["ingest", "GET /v1/memories/jobs/x", {}],
    ["ingest", "GET /v1/memories/x/revisions", {}],
    ["ingest", "GET /v1/groups", {}],
    ["ingest", "GET /v1/jobs", {}],
    ["ingest", "POST /v1/jobs/x/cancel", {}],
    ["ingest", "PUT /v1/webhooks", {}],
    ["ingest", "GET /v1/memories", withOrg],
    ["ingest", "POST /v1/memories", withKey],
    ["ingest", "GET /nothing", withKey],
    ["batch", "GET /v1/memories", {}],
    ["batch", "DELETE /v1/memories/x", {}],
    ["batch", "GET /nothing", {}],
    ["batch", "GET /v1/jobsite", {}],
  ])("%s if it is %s with %j", (name, route, headers) => {
    expect(dialectOfHead(ourDialects, headOf(route, headers))?.dialect.name).toBe(name);
  });

  test.each([
    [{ messages: [] }, "ingest"],
    [{ content: "messages" }, undefined],
    [["messages"], undefined],
    [null, undefined],
  ])("by its body if path and headers do not decide: %j", (body, name) => {
    const head = headOf("POST /v1/memories", {});
    expect(dialectOfHead(ourDialects, head)).toBeUndefined();
    const candidates = bodyCandidates(ourDialects.dialects, head);
    expect(dialectOfBody(candidates, body)?.dialect.name).toBe(name);
    expect(dialectOfPrefix(candidates, JSON.stringify(body))?.dialect.name).toBe(name);
  });
});
