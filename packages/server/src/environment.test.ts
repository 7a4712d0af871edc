import { expect, test } from "vitest";
import { parseBootstrapKeys } from "./environment.ts";

test("a bootstrap key may do everything unless scopes are named, which hold colons themselves", () => {
  expect(
    parseBootstrapKeys("acme:secret, globex:other:memories:read ,x:y:memories:read+memories:write"),
  ).toEqual([
    { orgId: "acme", key: "secret", scopes: ["memories:read", "memories:write"] },
    { orgId: "globex", key: "other", scopes: ["memories:read"] },
    { orgId: "x", key: "y", scopes: ["memories:read", "memories:write"] },
  ]);
  expect(parseBootstrapKeys("")).toEqual([]);
});

test.each([
  ["acme", /org:key/],
  [":key", /org:key/],
  ["acme:key:all", /no scope 'all'/],
])("an entry that is wrong says so, and does not show the key: %s", (text, message) => {
  expect(() => parseBootstrapKeys(text)).toThrow(message);
});
