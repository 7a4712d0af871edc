import { expect, test } from "vitest";
import { describeProtectedResource } from "./protected-resource.ts";

test.each([
  [undefined, "http"],
  ["http", "http"],
  ["https", "https"],
  ["https, http", "https"],
  ["http, https", "http"],
])("after proxies that send X-Forwarded-Proto %j, the client sees %s", (forwarded, protocol) => {
  const headers = new Headers(forwarded === undefined ? {} : { "x-forwarded-proto": forwarded });
  const request = new Request("http://memory.test/mcp", { headers });
  expect(describeProtectedResource(request).resource).toBe(`${protocol}://memory.test/mcp`);
});
