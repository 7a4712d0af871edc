import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { planLine } from "./plan-line.ts";

const plan = (value: unknown, userId?: string) => planLine(JSON.stringify(value), { userId });
const problem = (text: string) => ({ type: "problem", problem: text });

describe("a line with content", () => {
  const memory = {
    content: "Likes tea.",
    user_id: "ann",
    agent_id: "agent",
    run_id: null,
    metadata: { source: "notes" },
    timestamp: "2026-01-31",
  };

  it("is a memory as it is", () => {
    expect(plan(memory)).toEqual({ type: "memory", item: memory });
  });

  it("gets the default user only if it has no user", () => {
    expect(plan({ content: "a" }, "bob")).toMatchObject({ item: { content: "a", user_id: "bob" } });
    expect(plan({ content: "a", user_id: "ann" }, "bob")).toMatchObject({ item: { user_id: "ann" } });
  });

  it("may be empty: the server decides", () => {
    expect(plan({ content: "" })).toMatchObject({ type: "memory" });
  });

  it.each([
    [{ content: 1 }, "content Invalid input: expected string, received number"],
    [{ content: "a", colour: "red" }, 'Unrecognized key: "colour"'],
    [{ content: "x".repeat(16_001) }, "content must have at most 16,000 characters"],
    [
      { content: "a", timestamp: "yesterday" },
      "timestamp 'yesterday' is not an ISO 8601 date or datetime (e.g. '2026-03-01' or '2026-03-01T14:30:00Z')",
    ],
    [{ content: "a", metadata: [] }, "metadata Invalid input: expected record, received array"],
  ])("%# is a problem where the server would refuse its whole batch", (line, text) => {
    expect(plan(line)).toEqual(problem(text));
  });
});

describe("a line with messages", () => {
  const messages = [{ role: "user", content: "I moved to Oslo." }];

  it("is one ingest request, with all its other fields", () => {
    const line = { messages, user_id: "ann", conv_id: "c1", app_id: "app", novelty: { level: 1 } };
    expect(plan(line)).toEqual({ type: "conversation", requests: [expect.objectContaining(line)] });
  });

  it.each([
    ["text", "c1", "c1"],
    ["a number", 17, "17"],
  ])("is named by its id where it has no conv_id, be it %s", (_, id, conv_id) => {
    const [request] = requestsOf(plan({ messages, id }, "ann"));
    expect(request).toMatchObject({ user_id: "ann", conv_id });
    expect(request).not.toHaveProperty("id");
  });

  it("is a problem without a user, an id, or readable messages", () => {
    expect(plan({ messages, id: "c1" })).toEqual(problem("has no user_id, and --user-id is not given"));
    expect(plan({ messages, user_id: "ann" })).toEqual(problem("has neither conv_id nor id"));
    expect(plan({ messages: [], id: "c1" }, "ann")).toMatchObject({ type: "problem" });
    expect(plan({ messages: [{ role: "user", content: 7 }], id: "c1" }, "ann")).toEqual(
      problem("messages[0].content must be a text or a list of parts"),
    );
  });
});

describe("a line with turns", () => {
  const turns = [
    { speaker: "ann", text: "Hi!" },
    { speaker: "bob", text: "Hello!" },
    { speaker: "ann", text: "I have a dog." },
  ];

  it("is one request for each speaker, who is the user in it", () => {
    expect(plan({ id: "c2", turns, personas: {} }, "nobody")).toEqual({
      type: "conversation",
      requests: [
        expect.objectContaining({
          user_id: "c2:ann",
          conv_id: "c2",
          messages: [
            { role: "user", content: "Hi!", dia_id: "0" },
            { role: "assistant", content: "Hello!", dia_id: "1" },
            { role: "user", content: "I have a dog.", dia_id: "2" },
          ],
        }),
        expect.objectContaining({
          user_id: "c2:bob",
          conv_id: "c2",
          messages: [
            { role: "assistant", content: "Hi!", dia_id: "0" },
            { role: "user", content: "Hello!", dia_id: "1" },
            { role: "assistant", content: "I have a dog.", dia_id: "2" },
          ],
        }),
      ],
    });
  });

  it("gives every turn to exactly one speaker as the user", () => {
    const turn = fc.record({ speaker: fc.constantFrom("a", "b", "c"), text: fc.constant("Hi.") });
    fc.assert(
      fc.property(fc.array(turn, { minLength: 1 }), (all) => {
        const requests = requestsOf(plan({ id: 1, turns: all }));
        expect(requests).toHaveLength(new Set(all.map(({ speaker }) => speaker)).size);
        for (const index of all.keys()) {
          expect(requests.filter(({ messages }) => messages[index]?.role === "user")).toHaveLength(1);
        }
      }),
    );
  });

  it("is a problem without an id, a turn, or a text", () => {
    expect(plan({ turns })).toMatchObject({ type: "problem" });
    expect(plan({ id: "c2", turns: [] })).toMatchObject({ type: "problem" });
    expect(plan({ id: "c2", turns: [{ speaker: "ann" }] })).toEqual(problem("turns[0].text is required"));
  });
});

describe("any other line", () => {
  it.each(["{", "", "nonsense", "{'content': 1}"])("that is not JSON is a problem: %j", (text) => {
    expect(planLine(text)).toMatchObject({
      type: "problem",
      problem: expect.stringMatching(/^is not JSON: /),
    });
  });

  it.each(["1", "null", '"content"'])("that is not an object is a problem: %s", (text) => {
    expect(planLine(text)).toEqual(problem("is not a JSON object"));
  });

  it.each(['[{"content": "x"}]', "  ["])(
    "%j, which is part of a JSON array, is reported with the command that makes lines of an array",
    (text) =>
      expect(planLine(text)).toEqual({ type: "problem", problem: expect.stringContaining("jq -c '.[]'") }),
  );

  it("without any content is a problem", () => {
    expect(plan({ text: "a" })).toEqual(problem("has none of content, messages and turns"));
  });

  it("never throws", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
        expect(["memory", "conversation", "problem"]).toContain(planLine(text).type);
      }),
    );
  });
});

function requestsOf(result: ReturnType<typeof planLine>) {
  if (result.type !== "conversation") throw new Error(`is a ${result.type}`);
  return result.requests;
}
