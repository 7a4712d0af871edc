import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { findUnsafeJson } from "./check-json.ts";

const whitespace = fc.constantFrom("", " ", "\n", "\t ");
const isProto = (key: string) => key === "__proto__";

/** Prints a value as JSON with spaces between tokens, and with some letters of strings escaped. */
function print(value: unknown, space: string, isEscaped: boolean): string {
  const inner = (each: unknown) => print(each, space, isEscaped);
  const list = (items: readonly string[], open: string, close: string) =>
    `${open}${space}${items.join(`${space},${space}`)}${space}${close}`;
  if (Array.isArray(value)) return list(value.map(inner), "[", "]");
  if (typeof value === "object" && value !== null) {
    const entries = Object.entries(value).map(
      ([key, each]) => `${inner(key)}${space}:${space}${inner(each)}`,
    );
    return list(entries, "{", "}");
  }
  const json = JSON.stringify(value);
  return isEscaped && typeof value === "string"
    ? json.replaceAll(
        /(?<!\\)[_a-z]/g,
        (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, "0")}`,
      )
    : json;
}

const safeValue = fc
  .jsonValue({ maxDepth: 6 })
  .filter((value) => !JSON.stringify(value).includes("__proto__"))
  .map((value): unknown =>
    JSON.parse(
      JSON.stringify(value, (_, each) => (typeof each === "number" && Math.abs(each) > 2 ** 53 ? 1.5 : each)),
    ),
  );

test("a text is accepted if parsing keeps its values exactly, with any spacing and escapes", () => {
  fc.assert(
    fc.property(safeValue, whitespace, fc.boolean(), (value, space, isEscaped) => {
      expect(findUnsafeJson(space + print(value, space, isEscaped) + space)).toBeUndefined();
    }),
  );
});

/** A value inside arrays and objects, and its path. */
const placed = fc.array(
  fc.oneof(
    fc.nat(3),
    fc.string().filter((key) => !isProto(key)),
  ),
  { maxLength: 6 },
);

function place(path: readonly (number | string)[], innermost: string): string {
  return path.reduceRight<string>(
    (inner, step) =>
      typeof step === "number"
        ? `[${'"x",'.repeat(step)}${inner}, {"b": [1]}]`
        : `{"before": {"a": "y"}, ${JSON.stringify(step)}: ${inner}, "after": []}`,
    innermost,
  );
}

test("an integer is refused, with its path, if and only if parsing changes it", () => {
  fc.assert(
    fc.property(placed, fc.bigInt({ min: -(2n ** 70n), max: 2n ** 70n }), (path, integer) => {
      const changes = JSON.stringify(JSON.parse(`${integer}`)) !== `${integer}`;
      expect(findUnsafeJson(place(path, `${integer}`))?.path).toEqual(changes ? path : undefined);
    }),
  );
});

test.each([
  "0.1",
  "1e308",
  "-0",
  "1234567890.12345678901234567890",
  "12345678901234567e0",
  '"9007199254740993"',
])("the integer %s is accepted", (number) => expect(findUnsafeJson(`{"n": ${number}}`)).toBeUndefined());

test.each(["__proto__", "\\u005f_proto__", "__prot\\u006F__"])("the key %s is refused anywhere", (key) => {
  fc.assert(
    fc.property(placed, whitespace, (path, space) => {
      const unsafe = findUnsafeJson(place(path, `{"a": 1, "${key}"${space}: {"admin": true}}`));
      expect(unsafe).toMatchObject({ path: [...path, "__proto__"], message: /cannot be stored/ });
    }),
    { numRuns: 30 },
  );
});

test("the word is accepted as a value and as a part of a key", () => {
  const text = '{"a":"__proto__","b":["__proto__"],"__proto__ ":1,"x":"\\"__proto__\\":1"}';
  expect(findUnsafeJson(text)).toBeUndefined();
});

test("a body may nest 100 levels; brackets in strings do not count", () => {
  const nested = (levels: number) => "[".repeat(levels) + "]".repeat(levels);
  expect(findUnsafeJson(nested(100))).toBeUndefined();
  expect(findUnsafeJson(nested(101))?.message).toMatch(/100 levels/);
  expect(findUnsafeJson(JSON.stringify(`\\"${"[{".repeat(1000)}`))).toBeUndefined();
});

test("a body may contain 100,000 values", () => {
  const list = (count: number) => `[${"1,".repeat(count - 1)}1]`;
  expect(findUnsafeJson(list(99_999))).toBeUndefined();
  expect(findUnsafeJson(list(100_000))?.message).toMatch(/100,000 values/);
  expect(findUnsafeJson(`[${"{},".repeat(60_000)}1]`)?.message).toMatch(/100,000 values/);
});

describe("the time of the check is proportional to the length of the text", () => {
  test.each<[string, (count: number) => string]>([
    ["brackets", (count) => "[".repeat(count)],
    ["quotes", (count) => '"'.repeat(count)],
    ["escaped quotes", (count) => `"${'\\"'.repeat(count / 2)}`],
    ["backslashes", (count) => `"${"\\".repeat(count)}`],
    ["digits", (count) => "9".repeat(count)],
    ["long numbers", (count) => `[${"1234567890123456.5 ".repeat(count / 19)}`],
    ["colons after a key", (count) => `{"__proto_" ${":".repeat(count)}`],
    ["keys that look alike", (count) => `{${'"\\u005f_prot__":'.repeat(count / 17)}`],
    ["closing brackets", (count) => "]".repeat(count)],
    ["spaces", (count) => " ".repeat(count)],
  ])("%s", (_, make) => {
    const text = make(16 * 2 ** 20);
    const startedMs = performance.now();
    findUnsafeJson(text);
    expect(performance.now() - startedMs).toBeLessThan(5000); // about 50 ms; quadratic time would be hours
  });
});
