import { describe, expect, test } from "vitest";
import {
  batchCreateRequestWire,
  batchListQueryWire,
  batchRequestWire,
  batchSearchRequestWire,
  maximumBatchSize,
} from "./requests.ts";

const batchOf = (...memories: readonly unknown[]) => ({ memories });
const item = {
  content: "Likes tea.",
  user_id: "u",
  agent_id: null,
  metadata: { source: { page: [1, null] } },
  timestamp: "2025-06-01",
};

test.each([
  ["a full item", batchOf(item)],
  ["the least item", batchOf({ content: "x" })],
  ["empty content, which is an error only of the item", batchOf({ content: "" })],
  ["null for optional fields", batchOf({ content: "x", metadata: null, timestamp: null, run_id: null })],
  ["as many items as fit", batchOf(...Array.from({ length: maximumBatchSize }, () => item))],
  ["metadata of 8,192 bytes", batchOf({ ...item, metadata: { a: "é".repeat(4092) } })],
  ["the longest content", batchOf({ content: "🎈".repeat(16_000) })],
])("%s is a batch", (_, body) => {
  expect(batchRequestWire.safeParse(body).success).toBe(true);
});

test.each([
  ["no item", batchOf(), ["memories"]],
  ["an item too many", batchOf(...Array.from({ length: maximumBatchSize + 1 }, () => item)), ["memories"]],
  ["a character too many", batchOf(item, { content: "x".repeat(16_001) }), ["memories", 1, "content"]],
  ["no content", batchOf({}), ["memories", 0, "content"]],
  ["an unknown key in an item", batchOf(item, { ...item, mood: "good" }), ["memories", 1]],
  ["an unknown key next to the items", { ...batchOf(item), dry_run: true }, []],
  [
    "an unreadable timestamp",
    batchOf(item, { ...item, timestamp: "yesterday" }),
    ["memories", 1, "timestamp"],
  ],
  ["metadata that is a list", batchOf({ ...item, metadata: [] }), ["memories", 0, "metadata"]],
  ["metadata that is a text", batchOf({ ...item, metadata: "{}" }), ["memories", 0, "metadata"]],
  ["a NUL in the content", batchOf({ content: "a\0b" }), ["memories", 0, "content"]],
  ["a lone surrogate in a name", batchOf({ ...item, user_id: "\u{d800}" }), ["memories", 0, "user_id"]],
  [
    "a NUL deep in metadata",
    batchOf({ ...item, metadata: { a: [{ b: "\0" }] } }),
    ["memories", 0, "metadata"],
  ],
  ["a name of 256 characters", batchOf({ ...item, run_id: "x".repeat(256) }), ["memories", 0, "run_id"]],
  [
    "metadata of more than 8,192 bytes",
    batchOf(item, { ...item, metadata: { a: "é".repeat(4093) } }),
    ["memories", 1, "metadata"],
  ],
  ["items that are no list", { memories: item }, ["memories"]],
  ["a body that is a list", [item], []],
])("%s is refused, and the message names the path", (_, body, place) => {
  const { error } = batchRequestWire.safeParse(body);
  expect(error?.issues.map(({ path }) => path)).toEqual([place]);
});

test("a single memory must not be empty", () => {
  expect(batchCreateRequestWire.safeParse({ content: "" }).success).toBe(false);
  expect(batchCreateRequestWire.safeParse(item).success).toBe(true);
});

test("very deeply nested metadata is refused before it is printed", () => {
  let metadata: object = {};
  for (let depth = 0; depth < 100_000; depth += 1) metadata = { metadata };
  const { error } = batchCreateRequestWire.safeParse({ ...item, metadata });
  expect(error?.issues).toHaveLength(1);
});

describe("the defaults of reading", () => {
  test("a list has 50 memories from the first", () => {
    expect(batchListQueryWire.parse({})).toEqual({ limit: 50, offset: 0 });
    expect(batchListQueryWire.parse({ limit: "200", offset: "7" })).toEqual({ limit: 200, offset: 7 });
  });

  test.each([
    { limit: "0" },
    { limit: "201" },
    { limit: "ten" },
    { limit: "" },
    { offset: "-1" },
    { limit: "1.5" },
  ])("%j is no list", (query) => {
    expect(batchListQueryWire.safeParse(query).success).toBe(false);
  });

  test("a search has 15 results", () => {
    expect(batchSearchRequestWire.parse({ query: "tea" })).toEqual({ query: "tea", limit: 15 });
    expect(batchSearchRequestWire.safeParse({ query: "tea", limit: 51 }).success).toBe(false);
    expect(batchSearchRequestWire.safeParse({ query: "" }).success).toBe(false);
  });
});
