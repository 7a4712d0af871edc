import { expect, test } from "vitest";
import { createScriptedRuntime } from "../testing/scripted-runtime.ts";
import { signUp } from "./account.ts";
import { createClient } from "./client.ts";

const signup = {
  api_key: "key_1",
  tier: "hobby",
  region: "eu",
  scopes: ["memories:read"],
  quotas: { writes_per_month: 1000, queries_per_month: 25_000, agents: 2 },
};

test("a sign-up sends no credentials and resolves with the key", async () => {
  const runtime = createScriptedRuntime([{ status: 201, json: signup }]);
  expect(await signUp(runtime, { agent_caller: "my-agent" })).toEqual(signup);
  const [request] = runtime.requests;
  expect(request).toMatchObject({
    method: "POST",
    path: "/v1/agents/init",
    body: '{"agent_caller":"my-agent"}',
  });
  expect(request?.headers).not.toHaveProperty("authorization");
});

test.each(["signup_disabled", "signup_rate_limited"])("a refused sign-up has the code %s", async (code) => {
  const runtime = createScriptedRuntime([{ status: 403, json: { code, message: "no" } }]);
  await expect(signUp(runtime)).rejects.toMatchObject({ code });
});

test("the deletion of an organisation is confirmed in its request", async () => {
  const answer = { deleted: true, removed: { memories: 3 } };
  const runtime = createScriptedRuntime([{ json: answer }]);
  const client = createClient(runtime, { apiKey: "key" });
  expect(await client.deleteAccount({ confirm: true })).toEqual(answer);
  expect(runtime.requests).toMatchObject([
    {
      method: "DELETE",
      path: "/v1/account",
      query: { confirm: "true" },
      headers: { authorization: "Bearer key" },
      timeoutMs: 60_000,
    },
  ]);
});
