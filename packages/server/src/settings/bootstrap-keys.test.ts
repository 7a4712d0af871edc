import { expect, test } from "vitest";
import { parseBootstrapKeys } from "./bootstrap-keys.ts";

const key = "of-sixteen-chars";

test("a bootstrap key has all scopes unless some are listed; scopes contain colons", () => {
  expect(
    parseBootstrapKeys(`acme:${key}, globex:${key}2:memories:read ,x:${key}3:memories:read+memories:write`),
  ).toEqual([
    { orgId: "acme", key, scopes: ["memories:read", "memories:write"] },
    { orgId: "globex", key: `${key}2`, scopes: ["memories:read"] },
    { orgId: "x", key: `${key}3`, scopes: ["memories:read", "memories:write"] },
  ]);
  expect(parseBootstrapKeys("")).toEqual([]);
});

test.each(["acme", `:${key}`, "acme:", "acme:sec:ret", `acme:${key}:all`, `acme:${key}:memories:read+`])(
  "the error for an invalid entry shows nothing of the key: %s",
  (entry) => {
    expect(() => parseBootstrapKeys(entry)).toThrow(
      /^MEMLANE_BOOTSTRAP_KEYS .* org:key(?!.*(sixteen|sec|ret|acme))/,
    );
  },
);

test.each(["k", key.slice(1)])("the error for a key that is too short does not show it: %s", (short) => {
  expect(() => parseBootstrapKeys(`acme:${short}`)).toThrow(
    /^MEMLANE_BOOTSTRAP_KEYS .* fewer than 16 characters(?!.*(sixteen|acme))/,
  );
});
