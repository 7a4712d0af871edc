import { expect, test } from "vitest";
import { createScriptedRuntime } from "../testing/scripted-runtime.ts";
import type { TransportScript } from "../testing/scripted-transport.ts";
import { createClient, type Client } from "./client.ts";

function connect(script: TransportScript) {
  const runtime = createScriptedRuntime(script);
  return { ...runtime, client: createClient(runtime, { apiKey: "key", orgId: "org" }) };
}

const fact = (id: string) => ({
  id,
  subject: "self",
  predicate: "works at",
  object: "Acme",
  predicate_family: "employment",
  predicate_raw: "works for",
  subject_type: "self",
  object_is_literal: false,
  confidence: 0.9,
  user_id: "ann",
  agent_id: null,
  valid_from: "2026-01-01T00:00:00.000Z",
  invalid_at: null,
  invalidated_by: null,
  source_memory_id: null,
  source_memory_ids: [],
  created_at: "2026-01-01T00:00:00.000Z",
  tense: "current",
  observation_count: 1,
  last_confirmed_at: "2026-01-01T00:00:00.000Z",
  subject_canonical: "self",
  object_canonical: "acme",
});

test("list reads the next page only when it is needed", async () => {
  const pages = [["a", "b"], ["c"]].map((ids) => ({ json: { facts: ids.map(fact), total: 3 } }));
  const { client, requests } = connect(pages);
  const ids: string[] = [];
  for await (const { id } of client.facts.list({ user_id: "ann", limit: 2 })) ids.push(id);
  expect(ids).toEqual(["a", "b", "c"]);
  expect(requests.map(({ query }) => query)).toEqual([
    { user_id: "ann", limit: "2", offset: "0" },
    { user_id: "ann", limit: "2", offset: "2" },
  ]);
});

const written = { ...fact("fct_1"), invalidated: ["fct_0"] };
const memory = {
  id: "mem_1",
  content: "I work for Acme.",
  user_id: "ann",
  agent_id: null,
  run_id: null,
  metadata: {},
  occurred_at: null,
  created_at: "2026-01-01T00:00:00.000Z",
  updated_at: "2026-01-01T00:00:00.000Z",
  facts: [fact("fct_1")],
  status: "ready",
};
const history = { id: "mem_1", events: [{ event: "created", at: "2026-01-01T00:00:00.000Z" }] };
const forgotten = { id: "mem_1", status: "forgotten", facts_invalidated: 1, audit_id: "aud_1" };
const forgottenFact = { id: "fct_1", status: "forgotten", invalid_at: "2026-01-01", audit_id: "aud_1" };

test.each([
  [
    "POST",
    "/v1/facts",
    written,
    (client) => client.facts.add({ subject: "self", predicate: "is", object: "a" }),
  ],
  ["GET", "/v1/facts/fct_1", fact("fct_1"), (client) => client.facts.get("fct_1")],
  ["PATCH", "/v1/facts/fct_1", written, (client) => client.facts.correct("fct_1", { object: "Acme" })],
  [
    "POST",
    "/v1/facts/fct_1/forget",
    forgottenFact,
    (client) => client.facts.forget("fct_1", { at: "2026-01-01" }),
  ],
  ["GET", "/v1/events", { events: [], processing: 0 }, (client) => client.events.list({ status: "ready" })],
  ["GET", "/v1/memories/mem_1", memory, (client) => client.memories.getWithFacts("mem_1")],
  ["PATCH", "/v1/memories/mem_1", memory, (client) => client.memories.update("mem_1", { content: "x" })],
  ["GET", "/v1/memories/mem_1/history", history, (client) => client.memories.history("mem_1")],
  ["DELETE", "/v1/memories/mem_1", forgotten, (client) => client.memories.forget("mem_1")],
] satisfies [string, string, object, (client: Client) => Promise<unknown>][])(
  "%s %s is one request of the batch dialect",
  async (method, path, json, call) => {
    const { client, requests } = connect([{ json }]);
    expect(await call(client)).toEqual(json);
    expect(requests).toMatchObject([{ method, path, headers: { authorization: "Bearer key" } }]);
  },
);

test("a fact that is no longer true names its successor", async () => {
  const json = { code: "fact_not_current", message: "no longer true", current_fact_id: "fct_2" };
  const { client } = connect([{ status: 409, json }]);
  const correction = client.facts.correct("fct_1", { object: "Acme" });
  await expect(correction).rejects.toMatchObject({ code: "fact_not_current", currentFactId: "fct_2" });
});
