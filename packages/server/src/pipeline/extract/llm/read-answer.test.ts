// Answers that models give in practice, and random mixtures of them.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readAnswer, type ModelMemory } from "./read-answer.ts";

const oslo: ModelMemory = { text: "User lives in Oslo.", messages: ["m1"] };
const tea: ModelMemory = { text: 'User said "tea {is} [best]".', messages: ["m1", "m2"] };
const items = JSON.stringify([oslo, tea]);
const json = JSON.stringify({ memories: [oslo, tea] });
const pretty = JSON.stringify({ memories: [oslo, tea] }, null, 2);

describe("the memories are read from", () => {
  test.each<[string, unknown]>([
    ["plain JSON", json],
    ["JSON over lines", `\n${pretty}\n`],
    ["a fence", `\`\`\`json\n${json}\n\`\`\``],
    ["a fence of another language", `\`\`\`javascript\n${pretty}\n\`\`\``],
    ["a fence that is not closed", `\`\`\`json\n${json}`],
    ["prose", `Sure! Here are the memories:\n${json}\nHope this helps {smile}. [1]`],
    ["prose with braces before", `I found {two} things [see below]: ${json}`],
    ["prose with a quotation mark before", `The user's 5" screen { is here: ${json}`],
    ["thinking", `<think>\nThe user says {city: Oslo}.\n</think>\n\n${json}`],
    ["thinking without its opening tag", `Perhaps {"memories": []}?\n</think>\n${json}`],
    [
      "thinking with a draft",
      `<think>{"memories": [{"text": "User is 3.", "messages": ["m1"]}]}</think>${json}`,
    ],
    ["a draft before the answer", `First: {"memories": []}\nBetter: ${json}`],
    ["thinking in another tag", `<reasoning>[1]</reasoning>\`\`\`\n${json}\n\`\`\``],
    ["a bare array", items],
    ["a bare array in prose", `These: ${items}.`],
    ["one object a line", `${JSON.stringify(oslo)}\n${JSON.stringify(tea)}`],
    ["a string of JSON", JSON.stringify(json)],
    ["another object", JSON.stringify({ status: "ok", result: { memories: [oslo, tea] } })],
    ["an object with another name", JSON.stringify({ facts: [oslo, tea], count: 2 })],
    ["a tool call as text", `<tool_call>{"name":"save","arguments":${json}}</tool_call>`],
    ["the arguments of a tool", { memories: [oslo, tea] }],
    ["arguments as a string in an object", { arguments: json }],
    ["commas too many", json.replace("}]}", "},]}")],
    ["no closing brace", json.slice(0, -1)],
    ["comments", json.replace("[", "[ // the list\n").replace("}]", "} /* end */]")],
    ["names without quotation marks", json.replaceAll(/"(memories|text|messages)":/g, "$1:")],
    ["one bad item", json.replace("},{", '},{"text": 5},"nothing",{')],
    ["a name in capitals", json.replace('"memories"', '"Memories"')],
  ])("%s", (_, said) => {
    expect(readAnswer(said)?.memories).toEqual([oslo, tea]);
  });

  test.each<[unknown, readonly string[]]>([
    ["m1", ["m1"]],
    ["m1, m2", ["m1", "m2"]],
    ["[m1][m2]", ["m1", "m2"]],
    [1, ["m1"]],
    [
      ["1", "M2", " m3 "],
      ["m1", "m2", "m3"],
    ],
    [
      [{ id: "m1" }, { id: 2 }],
      ["m1", "m2"],
    ],
    [[], []],
    [null, []],
  ])("citations in the form %j", (messages, ids) => {
    const said = JSON.stringify({ memories: [{ text: "User likes tea.", messages }] });
    expect(readAnswer(said)?.memories).toEqual([{ text: "User likes tea.", messages: ids }]);
  });

  test("Python's quotation marks", () => {
    const said = "{'memories': [{'text': 'User lives in Oslo.', 'messages': ['m1']}]}";
    expect(readAnswer(said)?.memories).toEqual([oslo]);
  });
});

test.each([
  '{"memories": []}',
  "[]",
  "None are worth it: []",
  '{"memories": null}',
  '<think>hm</think>{"memories":[]}',
])("%j says that there is nothing", (said) => {
  expect(readAnswer(said)).toEqual({ memories: [], unreadable: 0 });
});

test.each([
  "",
  "Sure! I found that the user lives in Oslo.",
  "<think>hm",
  '{"memories": [{"text": "User',
  '{"memories": ["User lives in Oslo."]}',
  '{"error": "busy"}',
  "{}",
  "5",
  "[[[[[[[[",
])("%j is not an answer", (said) => {
  expect(readAnswer(said)).toBeUndefined();
});

test("entries of the list that are not memories are counted", () => {
  expect(readAnswer(json.replace("},{", '},{"text": 5},"nothing",{'))?.unreadable).toBe(2);
});

const characters = (all: string) => all.split("");

const memories = fc.array(
  fc.record({
    text: fc.string({
      unit: fc.oneof(
        fc.constantFrom(...characters("{}[]\"'`<>\\,:/ \n")),
        fc.string({ minLength: 1, maxLength: 1 }),
      ),
    }),
    messages: fc.array(
      fc.integer({ min: 1, max: 99 }).map((id) => `m${id}`),
      { minLength: 1 },
    ),
  }),
  { minLength: 1, maxLength: 5 },
);
const prose = fc.string({ unit: fc.constantFrom(...characters("abc .,:!?()'-\n[]{}\"")) });
type Wrap = (said: string) => string;
const wraps: fc.Arbitrary<Wrap> = fc.oneof(
  fc.tuple(prose, prose).map(
    ([before, after]): Wrap =>
      (said) =>
        `${before}${said}${after}`,
  ),
  prose.map(
    (thought): Wrap =>
      (said) =>
        `<think>${thought}{hm}</think>${said}`,
  ),
  fc.constantFrom<Wrap[]>(
    (said) => `\`\`\`json\n${said}\n\`\`\``,
    (said) => `\n\t${said}  `,
    (said) => `<tool_call>{"name": "save", "arguments": ${said}}</tool_call>`,
  ),
);
const bodies = fc.constantFrom<((list: readonly ModelMemory[]) => string)[]>(
  (list) => JSON.stringify({ memories: list }),
  (list) => JSON.stringify({ memories: list }, null, 2),
  (list) => JSON.stringify(list),
);

test("any answer in any wrapping is read as the same memories", () => {
  fc.assert(
    fc.property(memories, bodies, fc.array(wraps, { maxLength: 2 }), (list, print, around) => {
      const calls = around.filter((wrap) => wrap("").includes("arguments"));
      const others = around.filter((wrap) => !calls.includes(wrap));
      const said = [...calls, ...others].reduce((inner, wrap) => wrap(inner), print(list));
      expect(readAnswer(said)).toEqual({ memories: list, unreadable: 0 });
    }),
    { numRuns: 3000 },
  );
});

test("does not throw for any text", () => {
  const token = fc.constantFrom(
    ...characters("{}[]\",:'\\`/ \n"),
    '"memories":',
    '"text":',
    '"messages":',
    "<think>",
    "</think>",
    "m1",
  );
  fc.assert(
    fc.property(
      fc.oneof(
        fc.array(token).map((all) => all.join("")),
        fc.string(),
        fc.jsonValue(),
      ),
      (said) => {
        readAnswer(said);
      },
    ),
  );
});

test("its time grows linearly with the length of a hostile answer", () => {
  const hostile: Wrap[] = [
    (some) => "{".repeat(some.length),
    (some) => "[".repeat(some.length),
    (some) => '{"'.repeat(some.length / 2),
    (some) => '["a\n'.repeat(some.length / 4),
    (some) => "{}".repeat(some.length / 2),
    (some) => `[${"1 ".repeat(some.length / 2)}]`,
    (some) => "{a:[b] ".repeat(some.length / 7),
    (some) => "</think>".repeat(some.length / 8),
    (some) => "<think>[".repeat(some.length / 8),
    (some) => `[${'"a","b,'.repeat(some.length / 7)}]`,
    (some) => `['${"a' ".repeat(some.length / 3)}]`,
    (some) => "{\\".repeat(some.length / 2),
    (some) => JSON.stringify(JSON.stringify(some.replaceAll("x", '"'))),
  ];
  for (const make of hostile) {
    const said = make("x".repeat(1_000_000));
    const { user, system } = process.cpuUsage();
    readAnswer(said);
    const spent = process.cpuUsage({ user, system });
    expect((spent.user + spent.system) / 1e6, said.slice(0, 20)).toBeLessThan(10);
  }
}, 120_000);
