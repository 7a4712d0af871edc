// Answers with no more than what the vendors' own types promise: their optional fields are absent or null.
import { expect, test } from "vitest";
import { createScriptedRuntime } from "../testing/scripted-runtime.ts";
import { createClient, type Client } from "./client.ts";

const at = "2026-01-01T00:00:00Z";
const fact = {
  id: "fct_1",
  subject: "User",
  predicate: "lives in",
  object: "Oslo",
  predicate_family: null,
  predicate_raw: null,
  confidence: 0.9,
  created_at: at,
};
const ingestMemory = { id: "1", type: "fact", text: "Likes tea.", created_at: at, updated_at: null };
const ingestMemories = [
  { ...ingestMemory, details: { fact_type: null, status: null, source_role: null } },
  { ...ingestMemory, type: "episode", details: { title: null, started_at: null, ended_at: null } },
  { ...ingestMemory, type: "artifact", details: { title: null, version: null, full_content: null } },
  { ...ingestMemory, type: "lesson", details: { observation_count: null, confidence: null, steps: null } },
];
const batchMemory = { id: "mem_1", content: "I live in Oslo.", created_at: at };
const day = { date: "2026-01-01" };
const usage = {
  as_of: at,
  period: { key: "2026-01", start: at, end: at },
  storage: { as_of: at },
  quota: { rate_limit_req_per_min: 60, monthly: { period_key: "2026-01", resets_at: at } },
  daily: [day],
  by_api_key: [{ api_key_hash: "abc", first_n: null, name: null, last_used_at: null }],
};

interface VendorAnswer {
  readonly json: object;
  readonly call: (client: Client) => Promise<unknown>;
  readonly read: object;
}

const answers: Readonly<Record<string, VendorAnswer>> = {
  profile: {
    json: {
      user_id: "u",
      as_of: null,
      facts: [fact],
      by_family: { other: [fact] },
      total: 1,
      truncated: false,
    },
    call: (client) => client.profile({ user_id: "u" }),
    read: { as_of: null, facts: [{ tense: "current", observation_count: 1, valid_from: null }] },
  },
  context: {
    json: { context: "## Known facts", tokens: 4, sources: [] },
    call: (client) => client.context({ query: "Where?" }),
    read: { context: "## Known facts", degraded: false, degraded_parts: [] },
  },
  "list of facts": {
    json: { facts: [fact], total: 1 },
    call: (client) => client.facts.listPage(),
    read: { facts: [{ source_memory_ids: [], object_is_literal: false, invalid_at: null }] },
  },
  "added fact": {
    json: fact,
    call: (client) => client.facts.add({ subject: "User", predicate: "lives in", object: "Oslo" }),
    read: { invalidated: [] },
  },
  "forgotten fact": {
    json: { id: "fct_1", status: "already_forgotten", invalid_at: null, audit_id: null },
    call: (client) => client.facts.forget("fct_1"),
    read: { invalid_at: null, audit_id: null },
  },
  "audit log": {
    json: {
      events: [
        { ts: at, actor: "rest", action: "read", result: "ok", meta: null },
        { ts: at, actor: "rest", action: "write", result: "ok", user_id: null, ip: null, read: null },
      ],
      total: 2,
    },
    call: (client) => client.audit(),
    read: {
      events: [
        { meta: null, user_id: null, read: null },
        { meta: null, target_id: null },
      ],
    },
  },
  events: {
    json: { events: [{ memory_id: "mem_1", status: "ready", created_at: null }], processing: 0 },
    call: (client) => client.events.list(),
    read: { events: [{ created_at: null, user_id: null, agent_id: null }] },
  },
  users: {
    json: { users: [{ user_id: "u", memories: 1, facts: 0 }], total: 1 },
    call: (client) => client.users.listPage(),
    read: { users: [{ last_active: null }] },
  },
  agents: {
    json: { agents: [{ agent_id: "a", memories: 1, facts: 0 }], total: 1, cap: 0, used: 1 },
    call: (client) => client.agents.listPage(),
    read: { agents: [{ last_active: null }] },
  },
  "erased agent": {
    json: { agent_id: "a", memories_deleted: 1, facts_deleted: 2, audit_id: null, slot_freed: null },
    call: (client) => client.agents.erase("a"),
    read: { audit_id: null, slot_freed: null },
  },
  "erased user": {
    json: { user_id: "u", memories_deleted: 1, facts_deleted: 2 },
    call: (client) => client.users.erase("u"),
    read: { memories_deleted: 1, audit_id: null },
  },
  "erased user of an older server": {
    json: { user_id: "u", memories_forgotten: 1, facts_invalidated: 2, erasure: "permanent" },
    call: (client) => client.users.erase("u"),
    read: { memories_deleted: 1, facts_deleted: 2 },
  },
  "memory of the batch dialect": {
    json: batchMemory,
    call: (client) => client.memories.getWithFacts("mem_1"),
    read: { run_id: null, metadata: {}, updated_at: null, facts: [], status: "ready" },
  },
  "search of the batch dialect": {
    json: { results: [{ id: "mem_1", score: 0.5, snippet: "I live in Oslo." }] },
    call: (client) => client.memories.searchWritten({ query: "Oslo" }),
    read: { results: [{ user_id: null, agent_id: null, metadata: {} }] },
  },
  history: {
    json: { id: "mem_1", events: [{ event: "created", at, fact: null, fact_id: null }] },
    call: (client) => client.memories.history("mem_1"),
    read: { events: [{ fact: null }] },
  },
  "forgotten memory": {
    json: { id: "mem_1", status: "forgotten", facts_invalidated: 1 },
    call: (client) => client.memories.forget("mem_1"),
    read: { audit_id: null },
  },
  "list of the ingest dialect": {
    json: { object: "list", data: ingestMemories },
    call: (client) => client.memories.listPage(),
    read: { has_more: false, next_cursor: null, data: ingestMemories },
  },
  "empty list of the ingest dialect": {
    json: { object: "list" },
    call: (client) => client.memories.listPage(),
    read: { data: [] },
  },
  "search of the ingest dialect": {
    json: { object: "search", mode: "retrieve" },
    call: (client) => client.memories.search({ query: "tea", user_id: "u" }),
    read: { data: [], context: null },
  },
  "ingest job": {
    json: { object: "ingest_job", id: "job_1", status: "pending", created_at: at, updated_at: null },
    call: (client) => client.memories.jobs.get("job_1"),
    read: { updated_at: null, result: null, error: null },
  },
  "failed ingest job": {
    json: { id: "job_1", status: "failed", created_at: at, error: { code: "ingest_failed", message: "no" } },
    call: (client) => client.memories.jobs.get("job_1"),
    read: { error: { type: "server_error", code: "ingest_failed", message: "no" } },
  },
  "list of groups": {
    json: { object: "list" },
    call: (client) => client.groups.list(),
    read: [],
  },
  usage: {
    json: usage,
    call: (client) => client.usage(),
    read: {
      operations: { messages_ingested: 0 },
      daily: [{ ...day, searches: 0 }],
      by_api_key: [{ name: null }],
      storage: { memories_active: 0 },
      quota: { monthly: { searches: { used: 0, limit: null } } },
    },
  },
};

test.each(Object.entries(answers))(
  "a client reads the shortest answer that its vendor's types allow: %s",
  async (_, { json, call, read }) => {
    const client = createClient(createScriptedRuntime([{ json }]), { apiKey: "key" });
    expect(await call(client)).toMatchObject(read);
  },
);
