import { expect, test } from "vitest";
import { createScriptedRuntime } from "../testing/scripted-runtime.ts";
import { createClient } from "./client.ts";

// As a server that has only one webhook sends it.
const webhook = {
  object: "webhook",
  url: "https://example.com/hook",
  events: ["memory.learning.completed"],
  enabled: true,
  secret: "whsec_1",
  created_at: "2026-01-01T00:00:00Z",
  updated_at: null,
};

test("the main webhook is put, read and deleted without an id", async () => {
  const runtime = createScriptedRuntime([{ json: webhook }, { json: webhook }, { status: 204 }]);
  const { webhooks } = createClient(runtime, { apiKey: "key", orgId: "org" });
  expect(await webhooks.putMain({ url: webhook.url }, { rotateSecret: true })).toEqual(webhook);
  expect(await webhooks.getMain()).toEqual(webhook);
  expect(await webhooks.deleteMain()).toBeUndefined();
  const path = "/v1/webhooks";
  expect(runtime.requests).toMatchObject([
    { method: "PUT", path, query: { rotate_secret: "true" }, body: JSON.stringify({ url: webhook.url }) },
    { method: "GET", path },
    { method: "DELETE", path },
  ]);
});
