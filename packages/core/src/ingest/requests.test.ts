import { describe, expect, test } from "vitest";
import { ingestListQueryWire, ingestRequestWire, ingestSearchRequestWire } from "./requests.ts";

const message = { role: "user", content: "I like tea." };
const request = { messages: [message], user_id: "u", conv_id: "c" };

test("a minimal conversation is enough, and missing fields get their defaults", () => {
  expect(ingestRequestWire.parse(request)).toEqual({
    ...request,
    extract_artifacts: false,
    agentic: false,
    group_ids: [],
  });
});

test("unknown fields are ignored: a newer client may send them", () => {
  expect(ingestRequestWire.safeParse({ ...request, mood: "good" }).success).toBe(true);
});

test.each([
  ["no message", { ...request, messages: [] }, ["messages"]],
  [
    "a message without content",
    { ...request, messages: [message, { role: "user" }] },
    ["messages", 1, "content"],
  ],
  ["a message without a role", { ...request, messages: [{ ...message, role: "" }] }, ["messages", 0, "role"]],
  ["an empty user", { ...request, user_id: "" }, ["user_id"]],
  ["no conversation", { messages: [message], user_id: "u" }, ["conv_id"]],
  ["a long namespace", { ...request, namespace: "x".repeat(257) }, ["namespace"]],
  ["21 groups", { ...request, group_ids: Array.from({ length: 21 }, () => "g") }, ["group_ids"]],
  ["10,001 messages", { ...request, messages: Array.from({ length: 10_001 }, () => message) }, ["messages"]],
  [
    "a message of 2,000,001 characters",
    { ...request, messages: [{ ...message, content: "x".repeat(2_000_001) }] },
    ["messages", 0, "content"],
  ],
  [
    "a date of 256 characters",
    { ...request, messages: [{ ...message, date: "x".repeat(256) }] },
    ["messages", 0, "date"],
  ],
  [
    "an id of 256 characters",
    { ...request, messages: [{ ...message, dia_id: "x".repeat(256) }] },
    ["messages", 0, "dia_id"],
  ],
  ["a long format", { ...request, timestamp_format: "%Y".repeat(128) }, ["timestamp_format"]],
  ["a long group", { ...request, group_ids: ["g", "x".repeat(256)] }, ["group_ids", 1]],
  ["a NUL", { ...request, messages: [{ ...message, content: "\0" }] }, ["messages", 0, "content"]],
  [
    "a lone surrogate",
    { ...request, messages: [{ ...message, dia_id: "\u{dfff}" }] },
    ["messages", 0, "dia_id"],
  ],
])("%s is refused, and the message names the path", (_, body, place) => {
  const { error } = ingestRequestWire.safeParse(body);
  expect(error?.issues.map(({ path }) => path)).toEqual([place]);
});

describe("a search", () => {
  test.each(["user_id", "agent_id", "app_id"])("may be filtered by %s alone", (scope) => {
    expect(ingestSearchRequestWire.parse({ query: "tea", [scope]: "x" })).toMatchObject({
      mode: "compose",
      limit: 10,
    });
  });

  test.each([{}, { user_id: null }, { group_ids: [] }])("a filter by %j alone is refused", (scope) => {
    const { error } = ingestSearchRequestWire.safeParse({ query: "tea", ...scope });
    expect(error?.issues[0]?.message).toContain("at least one of");
  });
});

test("a page has 50 memories, the newest first", () => {
  expect(ingestListQueryWire.parse({})).toEqual({ limit: 50, order: "created_at_desc" });
  expect(ingestListQueryWire.safeParse({ limit: "501" }).success).toBe(false);
});
