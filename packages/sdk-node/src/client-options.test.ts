import { describe, expect, it } from "vitest";
import { sendJson, startHttpServer } from "../test/http-server.ts";
import { normaliseOptions } from "./client-options.ts";
import type { Environment } from "./environment.ts";
import { MemoryClient } from "./memory-client.ts";

const nothing: Environment = { apiKey: undefined, orgId: undefined, baseUrl: undefined };

describe("normaliseOptions", () => {
  it("fills in everything but the key", () => {
    expect(normaliseOptions({ apiKey: "key" }, nothing)).toEqual({
      apiKey: "key",
      orgId: undefined,
      baseUrl: "http://127.0.0.1:8787/",
      timeoutMs: 30_000,
      requestTimeoutMs: Infinity, // a call may ask for more time than the client's
      maximumRetries: 2,
      fetch: expect.any(Function),
      hooks: {},
    });
  });

  it("takes from the environment what the options leave out", () => {
    const environment = { apiKey: "env-key", orgId: "env-org", baseUrl: "https://env.test" };
    expect(normaliseOptions({}, environment)).toMatchObject({
      apiKey: "env-key",
      orgId: "env-org",
      baseUrl: "https://env.test/",
    });
    const options = { apiKey: "key", orgId: "org", baseUrl: new URL("https://given.test/path") };
    expect(normaliseOptions(options, environment)).toMatchObject({
      ...options,
      baseUrl: "https://given.test/path",
    });
  });

  it.each([undefined, "", "  "])("says what to do without a key (%j)", (apiKey) => {
    expect(() => normaliseOptions({ apiKey }, nothing)).toThrow(
      /^no API key: pass `apiKey`.*MEMLANE_API_KEY/,
    );
  });

  it("removes space around a copied key, and refuses characters that a header cannot contain", () => {
    expect(normaliseOptions({ apiKey: " key\n" }, nothing).apiKey).toBe("key");
    for (const apiKey of ["two words", "ключ", "line\nbreak", "“quoted”"]) {
      expect(() => normaliseOptions({ apiKey }, nothing)).toThrow("was it copied whole?");
      expect(() => normaliseOptions({ apiKey: "key", orgId: apiKey }, nothing)).toThrow(
        "was it copied whole?",
      );
    }
  });

  it.each([
    ["http://memory.test/v1", "http://memory.test"],
    ["https://memory.test/v1/", "https://memory.test"],
    ["https://memory.test/memlane/v1", "https://memory.test/memlane"],
    ["https://memory.test/v10", "https://memory.test/v10"],
  ])("takes %s as %s, because our paths begin with /v1", (baseUrl, expected) => {
    expect(normaliseOptions({ apiKey: "key", baseUrl }, nothing).baseUrl).toBe(expected);
  });

  it.each([
    "localhost:8787",
    "memory.test",
    "ftp://memory.test",
    "http://",
    "https://me:pw@memory.test",
    "http://a/?b",
  ])("refuses the base URL %s", (baseUrl) => {
    expect(() => normaliseOptions({ apiKey: "key", baseUrl }, nothing)).toThrow(/^baseUrl must be/);
  });

  it.each([0, -1, Number.NaN])("refuses a timeout of %s ms", (timeoutMs) => {
    expect(() => normaliseOptions({ apiKey: "key", timeoutMs }, nothing)).toThrow(/^timeoutMs must be/);
  });

  it("uses the longest possible timeout for an endless one", () => {
    expect(normaliseOptions({ apiKey: "key", timeoutMs: Infinity }, nothing).timeoutMs).toBe(2_147_483_647);
  });

  it.each([-1, 1.5, Number.NaN, Infinity])("refuses %s retries", (maximumRetries) => {
    expect(() => normaliseOptions({ apiKey: "key", maximumRetries }, nothing)).toThrow(
      /^maximumRetries must be/,
    );
  });
});

describe("MemoryClient", () => {
  it("sends the key and the organisation as each dialect needs them", async () => {
    const headers: Record<string, string>[] = [];
    const client = new MemoryClient({
      apiKey: "key",
      orgId: "org",
      fetch: (request) => {
        headers.push(Object.fromEntries(request.headers));
        return new Response("{}", { status: 404 });
      },
    });
    await expect(client.memories.get("id")).rejects.toMatchObject({ status: 404 });
    await expect(client.batch.get("id")).rejects.toMatchObject({ status: 404 });
    expect(headers[0]).toMatchObject({ "x-api-key": "key", "x-org-id": "org" });
    expect(headers[1]).toMatchObject({ authorization: "Bearer key" });
  });
});

it("lets a call's own timeout exceed the client's", async () => {
  const { baseUrl, seen } = await startHttpServer((response) => {
    setTimeout(() => sendJson(response, 200, { object: "list", data: [], has_more: false }), 300);
  });
  const client = new MemoryClient({ apiKey: "key", orgId: "org", baseUrl, timeoutMs: 50 });
  expect((await client.memories.listPage({}, { timeoutMs: 5000 })).data).toEqual([]);
  expect(seen).toHaveLength(1);
});
